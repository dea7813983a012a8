/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What goes on on a connection while the store of its stateful tickets has not answered yet. */
final class LateTicketTest {
  private static final byte[] DATA = {1, 2, 3};

  private final TestServer servers = new TestServer(FakeClock.create());
  private final TestClient clients = new TestClient(servers.clock);
  private final TlsConnection client;
  private final TlsConnection server;
  private final Task put;

  /** Both sides are connected, and the server waits for its store. */
  LateTicketTest() throws TlsException {
    servers.tickets = false;
    servers.stateful = true;
    servers.store = new LateStore(servers.store);
    client = clients.connection();
    server = servers.connection();
    for (int flight = 0; flight < 2; flight++) {
      handshake(server, Pair.drain(client));
      handshake(client, Pair.drain(server));
    }
    assertTrue(server.isConnected());
    put = Objects.requireNonNull(server.task(), "the store is waited for");
  }

  /** Lets a side read all of it, and runs its tasks until it is connected. */
  private static void handshake(TlsConnection side, byte[] bytes) throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      assertEquals(0, side.read(in, ByteBuffer.allocate(1 << 15)));
      Task task = side.isConnected() ? null : side.task();
      while (task != null) {
        task.run();
        side.complete(task);
        task = side.isConnected() ? null : side.task();
      }
    }
  }

  /** Lets a side read all of it, and leaves its tasks alone. */
  private static byte[] give(TlsConnection side, byte[] bytes) throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      ByteBuffer application = ByteBuffer.allocate(1 << 15);
      received.write(application.array(), 0, side.read(in, application));
    }
    return received.toByteArray();
  }

  private void theStoreAnswers() {
    Task task = put;
    while (task != null) {
      task.run();
      server.complete(task);
      task = server.task();
    }
  }

  @Test
  void takesNewKeysAndWhatIsSaidUnderThem() throws TlsException {
    client.updateKeys();
    assertArrayEquals(DATA, give(server, Pair.seal(client, DATA)));
    assertEquals(TlsConnection.Needs.TASK, server.needs());
    assertArrayEquals(DATA, give(client, Pair.seal(server, DATA)));
  }

  @Test
  void movesOnToNewKeysOfItsOwn() throws TlsException {
    server.updateKeys();
    assertTrue(server.hasPendingOutput());
    assertArrayEquals(DATA, give(client, Pair.seal(server, DATA)));
    theStoreAnswers();
    give(client, Pair.drain(server));
    assertInstanceOf(
        ResumptionOutcome.Resumed.class, Pair.connect(clients, servers).connected().outcome());
  }

  @Test
  void sendsItsTicketsOnceTheyAreStored() throws TlsException {
    assertFalse(server.hasPendingOutput());
    theStoreAnswers();
    assertTrue(server.hasPendingOutput());
    give(client, Pair.drain(server));
    assertInstanceOf(
        ResumptionOutcome.Resumed.class, Pair.connect(clients, servers).connected().outcome());
  }

  /** RFC 8446, Section 6.1: the sender of close_notify "will not send any more messages". */
  @Test
  void sendsNoTicketAfterItHasClosed() throws TlsException {
    server.closeOutbound();
    assertEquals(0, give(client, Pair.drain(server)).length);
    assertTrue(client.isInboundClosed());
    theStoreAnswers();
    assertFalse(server.hasPendingOutput());
    assertEquals(0, Pair.drain(server).length);
    assertNull(server.failure());
    assertArrayEquals(DATA, give(server, Pair.seal(client, DATA)));
  }
}
