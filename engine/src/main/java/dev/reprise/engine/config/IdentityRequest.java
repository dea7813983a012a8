/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.Uint16List;
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
 * @param curves TLS 1.2 and a server: the groups that the client supports, to which the curve of an
 *     ECDSA key must belong (RFC 8422, Section 5.3); null: any will do
 */
public record IdentityRequest(
    ProtocolVersion version,
    @Nullable String serverName,
    List<SignatureScheme> schemes,
    List<Opaque> authorities,
    @Nullable Uint16List curves) {

  /** The first scheme that the identity's key can sign with, or null. */
  public @Nullable SignatureScheme schemeFor(Identity identity) {
    if (!isOnCurve(identity)) {
      return null;
    }
    for (SignatureScheme scheme : schemes) {
      if (scheme.usableWith(identity.publicKey(), version)) {
        return scheme;
      }
    }
    return null;
  }

  private boolean isOnCurve(Identity identity) {
    NamedGroup curve = NamedGroup.curveOf(identity.publicKey());
    return curves == null || curve == null || curves.contains(curve.code());
  }
}
