/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** All that is missing is the server's Finished. */
record Tls12ClientExpectFinished(Tls12ClientClosing closing) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Finished finished) {
      return closing.finished(finished, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's Finished");
  }
}
