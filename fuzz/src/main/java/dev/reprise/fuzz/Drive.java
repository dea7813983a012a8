/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.nio.ByteBuffer;
import java.util.Set;

/** Feeds a script to one side of a connection, and holds it to what it may do, keep and cost. */
final class Drive {
  /** A half-open connection's own arrays, and a message that is not whole. */
  private static final long HELD_ANYHOW = 48 << 10;

  /** What waits to be sent; {@code RecordLimits.PENDING} bounds it, and here it is drained. */
  private static final long HELD_FOR_A_BYTE = 8;

  private static final Set<Class<?>> SHARED =
      Set.of(ServerConfig.class, ClientConfig.class, Work.class);

  // To make them anew would take longer than most inputs do.
  private static final ThreadLocal<ByteBuffer> APPLICATION =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(TlsConnection.LONGEST_APPLICATION_SPACE));
  private static final ThreadLocal<ByteBuffer> NETWORK =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(2 * TlsConnection.LONGEST_RECORD));

  final TlsConnection connection;
  private final Work work;
  private final ByteBuffer application = APPLICATION.get();
  private final ByteBuffer network = NETWORK.get();
  private int records;
  private int received;
  private long sent;

  Drive(TlsConnection connection, Work work) {
    this.connection = connection;
    this.work = work;
  }

  /** Until the script or the connection ends. */
  Drive over(Input script) {
    try {
      drain();
      while (script.hasMore() && connection.failure() == null) {
        read(Records.next(script));
      }
    } catch (TlsException e) {
      requireForeseen(e);
    }
    try {
      drain();
    } catch (TlsException e) {
      requireForeseen(e);
    }
    requireBounded();
    return this;
  }

  /** Whether the handshake came to be one that resumes. */
  boolean resumed() {
    return connection.resumption() instanceof ResumptionOutcome.Resumed;
  }

  private void read(byte[] bytes) throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    records++;
    received += bytes.length;
    while (in.hasRemaining()) {
      int length = connection.recordLength(in);
      if (length < 0 || length > in.remaining()) {
        return;
      }
      records++;
      int read = connection.read(in, application.clear());
      if (read != application.position()) {
        throw new AssertionError(read + " bytes said to be read, and there are " + application);
      }
      runTasks();
      drain();
    }
  }

  private void runTasks() throws TlsException {
    for (Task task = connection.task(); task != null; task = connection.task()) {
      task.run();
      connection.complete(task);
    }
    TlsException failure = connection.failure();
    if (failure != null) {
      throw failure;
    }
  }

  private void drain() throws TlsException {
    ByteBuffer[] nothing = {ByteBuffer.allocate(0)};
    while (connection.hasPendingOutput()) {
      int written = connection.write(nothing, 0, 1, network.clear());
      if (written == 0) {
        throw new AssertionError("What waits to be sent does not leave");
      }
      sent += written;
    }
  }

  /** {@code internal_error} stands for a RuntimeException that was caught, or should have been. */
  private static void requireForeseen(TlsException e) {
    if (e.failure() instanceof TlsFailure.InternalFault) {
      throw new AssertionError("Not foreseen: " + e.getMessage(), e);
    }
  }

  private void requireBounded() {
    long held = Held.bytes(connection, SHARED);
    require(held, HELD_ANYHOW + HELD_FOR_A_BYTE * received, "bytes held");
    require(sent, (16 << 10) + 64L * records + received, "bytes sent");
    require(work.bytesHashed, (64 << 10) + 16L * (received + sent), "bytes hashed");
    require(work.macs, 256 + 8L * records, "MACs");
    require(work.keyExchanges, 4, "key exchanges");
    require(work.signatures, 4, "signatures");
    require(work.recordsOpened, records, "records opened");
  }

  private void require(long found, long allowed, String what) {
    if (found > allowed) {
      throw new AssertionError(
          found + " " + what + " after " + records + " records of " + received + " bytes: " + work);
    }
  }
}
