/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** Where a connection stands. Each event gives the next state, or ends the connection. */
public sealed interface HandshakeState permits ServerState, ClientState, Awaiting, Connected {
  /**
   * Takes a message.
   *
   * @param message as parsed
   * @param encoded its bytes as they came, for the transcript: never encode again what is hashed
   */
  HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException;

  /** Takes a ChangeCipherSpec of TLS 1.2, which few states expect. */
  default HandshakeState changeCipherSpec() throws TlsException {
    throw TlsException.unexpectedMessage("ChangeCipherSpec is not expected here");
  }

  /** The failure for a message that this state does not expect. */
  static TlsException unexpected(HandshakeMessage message, String expected) {
    return TlsException.unexpectedMessage(
        message.type() + " is not expected here, but " + expected);
  }
}
