/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an identity must fit.
 *
 * @param version the version negotiated
 * @param serverName the name asked for, lower-case and without trailing dot; null if none was, and
 *     on the client side
 * @param schemes signature schemes that both sides have and that the version and its suites can
 *     use, in the order of preference; never empty
 * @param authorities DER names of authorities that the peer accepts; empty = it did not say
 */
public record IdentityRequest(
    ProtocolVersion version,
    @Nullable String serverName,
    List<SignatureScheme> schemes,
    List<Opaque> authorities) {

  /** The first scheme that the identity's key can sign with, or null. */
  public @Nullable SignatureScheme schemeFor(Identity identity) {
    for (SignatureScheme scheme : schemes) {
      if (scheme.usableWith(identity.publicKey(), version)) {
        return scheme;
      }
    }
    return null;
  }
}
