/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The server has yet to prove that it has the key of its certificate. */
record Tls13ClientExpectCertificateVerify(
    Tls13ClientHandshake handshake, List<Opaque> chain, List<X509Certificate> certificates)
    implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof CertificateVerify verify) {
      return handshake.certificateVerify(verify, encoded, chain, certificates);
    }
    throw HandshakeState.unexpected(message, "the server's CertificateVerify");
  }
}
