/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.TlsException;

/** Where handshakes begin. */
public final class Handshakes {
  private Handshakes() {}

  /** A server waits for the ClientHello. */
  public static HandshakeState server(ServerConfig config, HandshakeOutput out) {
    return new ServerExpectClientHello(config, out);
  }

  /** A client sends its ClientHello. */
  public static HandshakeState client(ClientConfig config, HandshakeOutput out)
      throws TlsException {
    return ClientHandshake.start(config, out);
  }

  /** A HelloRequest during a handshake is ignored by a client; nobody sends one to a server. */
  public static void requireIgnorable(HandshakeState state, HandshakeMessage request)
      throws TlsException {
    if (!(state instanceof ClientState)) {
      throw HandshakeState.unexpected(request, "a message of the client");
    }
  }
}
