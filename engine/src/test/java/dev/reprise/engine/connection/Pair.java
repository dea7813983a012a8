/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Both sides of a connection, driven until neither can do any more. */
final class Pair {
  private static final int STEPS = 1_000;

  final TlsConnection client;
  final TlsConnection server;
  final ByteArrayOutputStream clientSent = new ByteArrayOutputStream();
  final ByteArrayOutputStream serverSent = new ByteArrayOutputStream();
  final ByteArrayOutputStream clientReceived = new ByteArrayOutputStream();
  final ByteArrayOutputStream serverReceived = new ByteArrayOutputStream();
  UnaryOperator<byte[]> toServer = UnaryOperator.identity();
  UnaryOperator<byte[]> toClient = UnaryOperator.identity();
  @Nullable TlsException clientFailure;
  @Nullable TlsException serverFailure;
  int serverTasks;

  private byte[] forServer = new byte[0];
  private byte[] forClient = new byte[0];

  Pair(TlsConnection client, TlsConnection server) {
    this.client = client;
    this.server = server;
  }

  static Pair connect(TestClient client, TestServer server) throws TlsException {
    return new Pair(client.connection(), server.connection()).run();
  }

  /** Moves bytes and runs tasks until nothing happens any more. */
  Pair run() {
    for (int i = 0; i < STEPS; i++) {
      boolean progress = stepClient();
      progress |= stepServer();
      if (!progress) {
        return this;
      }
    }
    throw new AssertionError("The connection does not come to rest");
  }

  Pair sendFromClient(byte[] data) throws TlsException {
    forServer = join(forServer, seal(client, data));
    return run();
  }

  Pair sendFromServer(byte[] data) throws TlsException {
    forClient = join(forClient, seal(server, data));
    return run();
  }

  /** Bytes that the client never sent. */
  Pair giveServer(byte[] bytes) {
    forServer = join(forServer, bytes);
    return run();
  }

  /** Lets one side read whole records, and do what it then has to do. */
  static void give(TlsConnection side, ByteBuffer records) throws TlsException {
    while (records.hasRemaining()) {
      side.read(records, ByteBuffer.allocate(1 << 15));
      for (Task task = side.task(); task != null; task = side.task()) {
        task.run();
        side.complete(task);
      }
    }
  }

  private boolean stepClient() {
    byte[] out = toServer.apply(drain(client));
    clientSent.writeBytes(out);
    forServer = join(forServer, out);
    int before = forClient.length;
    try {
      forClient = feed(client, forClient, clientReceived);
    } catch (TlsException e) {
      clientFailure = e;
      forClient = new byte[0];
    }
    return out.length > 0
        || before != forClient.length
        || client.needs() == TlsConnection.Needs.WRITE;
  }

  private boolean stepServer() {
    byte[] out = toClient.apply(drain(server));
    serverSent.writeBytes(out);
    forClient = join(forClient, out);
    int before = forServer.length;
    try {
      forServer = feed(server, forServer, serverReceived);
    } catch (TlsException e) {
      serverFailure = e;
      forServer = new byte[0];
    }
    return out.length > 0
        || before != forServer.length
        || server.needs() == TlsConnection.Needs.WRITE;
  }

  private byte[] feed(TlsConnection side, byte[] bytes, ByteArrayOutputStream received)
      throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteBuffer application = ByteBuffer.allocate(1 << 15);
    runTasks(side);
    while (in.hasRemaining() && side.needs() != TlsConnection.Needs.WRITE) {
      int length = side.recordLength(in);
      if (length < 0 || in.remaining() < length) {
        break;
      }
      int count = side.read(in, application.clear());
      received.write(application.array(), 0, count);
      runTasks(side);
    }
    if (side.failure() != null && bytes.length > 0) {
      throw Objects.requireNonNull(side.failure());
    }
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  private void runTasks(TlsConnection side) {
    for (Task task = side.task(); task != null; task = side.task()) {
      task.run();
      side.complete(task);
      serverTasks += side == server ? 1 : 0;
    }
  }

  /** What waits to be sent. */
  static byte[] drain(TlsConnection side) {
    ByteBuffer out = ByteBuffer.allocate(1 << 18);
    try {
      while (side.hasPendingOutput()
          && side.write(new ByteBuffer[] {ByteBuffer.allocate(0)}, 0, 1, out) > 0) {}
    } catch (TlsException e) {
      throw new AssertionError("Writing what waits does not fail", e);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  static byte[] seal(TlsConnection side, byte[] data) throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(data.length + (data.length >> 3) + (1 << 17));
    ByteBuffer[] in = {ByteBuffer.wrap(data)};
    while (in[0].hasRemaining() || side.hasPendingOutput()) {
      if (side.write(in, 0, 1, out) == 0) {
        throw new AssertionError("Nothing was written");
      }
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  Pair connected() {
    if (!client.isConnected() || !server.isConnected()) {
      AssertionError error =
          new AssertionError(
              "Not connected: client " + clientFailure + ", server " + serverFailure);
      if (clientFailure != null) {
        error.addSuppressed(clientFailure);
      }
      if (serverFailure != null) {
        error.addSuppressed(serverFailure);
      }
      throw error;
    }
    return this;
  }

  ConnectionInfo clientInfo() {
    return Objects.requireNonNull(client.info());
  }

  ConnectionInfo serverInfo() {
    return Objects.requireNonNull(server.info());
  }

  ResumptionOutcome outcome() {
    return Objects.requireNonNull(server.resumption());
  }
}
