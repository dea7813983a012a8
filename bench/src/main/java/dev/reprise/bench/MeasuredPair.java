/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two new engines of one peer joined in memory, for one connection. */
final class MeasuredPair {
  /** A handshake has two or three each, and tickets may follow. */
  private static final int MOST_TURNS = 16;

  private final Contexts contexts;
  private final Wire wire;
  private final MeasuredEngine client;
  private final MeasuredEngine server;
  private final Traffic traffic = new Traffic();

  private MeasuredPair(Contexts contexts, Wire wire, MeasuredEngine client, MeasuredEngine server) {
    this.contexts = contexts;
    this.wire = wire;
    this.client = client;
    this.server = server;
  }

  /**
   * Has the client's first flight written.
   *
   * @param wire of a connection that is over, or of none yet
   * @param port by which, and by the name, the client remembers the server
   */
  static MeasuredPair start(Contexts contexts, int port, Wire wire) throws SSLException {
    wire.clear();
    MeasuredEngine client =
        new MeasuredEngine(
            () -> contexts.newClient(port),
            engine -> contexts.configure(engine, true),
            wire.toClient(),
            wire.toServer(),
            wire.plaintext());
    MeasuredEngine server =
        new MeasuredEngine(
            contexts::newServer,
            engine -> contexts.configure(engine, false),
            wire.toServer(),
            wire.toClient(),
            wire.plaintext());
    client.turn();
    return new MeasuredPair(contexts, wire, client, server);
  }

  /** What was sent to the server and is not read yet. */
  byte[] onTheWayToServer() {
    byte[] flight = new byte[wire.toServer().position()];
    wire.toServer().get(0, flight);
    return flight;
  }

  /**
   * Shakes hands until both sides rest: the tickets that follow are read as well. In TLS 1.3 the
   * server says one byte, which BoringSSL's tickets wait for.
   */
  void finish() throws SSLException {
    requireRest();
    requireConnected(client);
    requireConnected(server);
    if (server.engine().getSession().getProtocol().equals("TLSv1.3")) {
      server.sayOneByte();
      requireRest();
    }
  }

  /** What has gone over the wire so far. */
  Traffic traffic() {
    return traffic;
  }

  /** Says goodbye both ways: the session of a connection that breaks off may not be resumed. */
  void close() throws SSLException {
    client.engine().closeOutbound();
    client.turn();
    takeTurns();
    server.engine().closeOutbound();
    takeTurns();
    contexts.release(client.engine());
    contexts.release(server.engine());
  }

  MeasuredEngine client() {
    return client;
  }

  MeasuredEngine server() {
    return server;
  }

  private void requireRest() throws SSLException {
    if (!takeTurns()) {
      throw new IllegalStateException("The two sides do not come to rest");
    }
  }

  /** Whether all that was sent has been read: who is closed may leave the rest. */
  private boolean takeTurns() throws SSLException {
    for (int turns = 0; turns < MOST_TURNS; turns++) {
      traffic.toServer(wire.toServer().position());
      server.turn();
      traffic.toClient(wire.toClient().position());
      client.turn();
      if (wire.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static void requireConnected(MeasuredEngine side) {
    boolean handshaking = side.engine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    if (handshaking || side.engine().getSession().getProtocol().equals("NONE")) {
      throw new IllegalStateException("The handshake does not come to its end");
    }
  }
}
