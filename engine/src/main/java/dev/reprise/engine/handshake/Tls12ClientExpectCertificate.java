/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Certificate12;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** A full handshake: the server shows its certificate. */
record Tls12ClientExpectCertificate(Tls12ClientHandshake handshake) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Certificate12 certificate) {
      return handshake.certificate(certificate, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's Certificate");
  }
}
