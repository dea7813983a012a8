/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.util.List;

/** All that is missing is the client's Finished. */
record Tls13ServerExpectFinished(Tls13ServerClosing closing, List<Opaque> peerCertificates)
    implements ServerState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof Finished finished) {
      return closing.finished(finished, encoded, peerCertificates);
    }
    throw HandshakeState.unexpected(message, "the client's Finished");
  }
}
