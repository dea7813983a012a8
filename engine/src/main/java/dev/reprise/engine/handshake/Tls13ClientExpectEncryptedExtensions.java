/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The first protected message of the server. */
record Tls13ClientExpectEncryptedExtensions(Tls13ClientHandshake handshake) implements ClientState {
  @Override
  public HandshakeState handle(HandshakeMessage message, Opaque encoded) throws TlsException {
    if (message instanceof EncryptedExtensions extensions) {
      return handshake.encryptedExtensions(extensions, encoded);
    }
    throw HandshakeState.unexpected(message, "the server's EncryptedExtensions");
  }
}
