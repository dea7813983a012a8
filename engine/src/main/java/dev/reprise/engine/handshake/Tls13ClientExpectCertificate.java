/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The server has asked for a certificate; now it shows its own. */
record Tls13ClientExpectCertificate(Tls13ClientHandshake handshake) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Certificate13 certificate) {
      return handshake.certificate(certificate, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's Certificate");
  }
}
