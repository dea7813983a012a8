/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.CertificateRequest12;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerHelloDone;
import dev.reprise.engine.wire.TlsException;

/** The server may ask for a certificate before its flight ends. */
record Tls12ClientExpectServerHelloDone(Tls12ClientFull handshake) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof ServerHelloDone _) {
      return handshake.serverHelloDone(encoded);
    }
    if (message instanceof CertificateRequest12 request) {
      return handshake.certificateRequest(request, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's CertificateRequest or ServerHelloDone");
  }
}
