/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.List;

/** All that is missing of the server's flight is its Finished. */
record Tls13ClientExpectFinished(Tls13ClientHandshake handshake, List<Opaque> peerCertificates)
    implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Finished finished) {
      return handshake.finished(finished, encoded, peerCertificates);
    }
    throw HandshakeState.unexpected(message, "the server's Finished");
  }
}
