/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** From the client's ChangeCipherSpec on, what it sends is protected. */
record Tls12ServerExpectChangeCipherSpec(Tls12ServerClosing closing) implements ServerState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    throw HandshakeState.unexpected(message, "the client's ChangeCipherSpec");
  }

  @Override
  public HandshakeState changeCipherSpec() throws TlsException {
    return closing.changeCipherSpec();
  }
}
