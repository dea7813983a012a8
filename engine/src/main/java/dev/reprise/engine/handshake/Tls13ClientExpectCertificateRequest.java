/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.CertificateRequest13;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The server may ask for a certificate before it shows its own. */
record Tls13ClientExpectCertificateRequest(Tls13ClientHandshake handshake) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof CertificateRequest13 request) {
      return handshake.certificateRequest(request, encoded);
    }
    if (message instanceof Certificate13 certificate) {
      return handshake.certificate(certificate, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's CertificateRequest or Certificate");
  }
}
