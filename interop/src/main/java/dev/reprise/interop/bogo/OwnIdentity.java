/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.config.Identities;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one identity that the flags give, if it fits the request. */
final class OwnIdentity implements Identities {
  private final Settings settings;
  private final @Nullable Identity identity;

  OwnIdentity(Settings settings) throws IOException, GeneralSecurityException {
    this.settings = settings;
    this.identity =
        settings.certFile == null || settings.keyFile == null
            ? null
            : Pem.identity(settings.certFile, settings.keyFile);
  }

  @Override
  public Pending<@Nullable Identity> choose(IdentityRequest request) {
    return Pending.work(() -> {
      if (settings.failCertCallback) {
        throw new IllegalStateException("The flags let the choice of a certificate fail");
      }
      requireExpected(request);
      if (identity == null || maySign(identity, request)) {
        return identity;
      }
      if (settings.server) {
        return null;
      }
      // As the runner has it: who configures a certificate does not want to go without it.
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE, "The client's key signs by no scheme in common");
    });
  }

  /** What the identity's key can sign by. */
  List<SignatureScheme> schemes() {
    List<SignatureScheme> schemes = new ArrayList<>(Defaults.SIGNATURE_SCHEMES);
    schemes.removeIf(scheme ->
        identity == null || !scheme.usableWith(identity.publicKey(), ProtocolVersion.TLS12));
    return schemes;
  }

  private boolean maySign(Identity own, IdentityRequest request) {
    SignatureScheme scheme = request.schemeFor(own);
    return scheme != null
        && (settings.signingPrefs.isEmpty() || settings.signingPrefs.contains(scheme));
  }

  private void requireExpected(IdentityRequest request) throws UnexpectedException {
    if (settings.expectClientCaList != null
        && !RunnerTrust.names(settings.expectClientCaList).equals(request.authorities())) {
      throw new UnexpectedException("Other authorities were expected in the request");
    }
  }
}
