/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One direction of a connection through a {@link Detour}. */
final class DetourLane {
  private static final int CHUNK = 16 << 10;
  private static final int MOST_CHUNKS = 4_096;

  /** Whether bytes may go on. */
  @FunctionalInterface
  interface Gate {
    boolean passes(byte[] bytes, int length);
  }

  /** What arrived, and when it may go on; no bytes at the end. */
  private static final class Chunk {
    final byte[] bytes;
    final long dueNanos;

    Chunk(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }

  private final Socket from;
  private final Socket to;
  private final LongSupplier delayNanos;
  private final Gate gate;
  private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>(MOST_CHUNKS);

  DetourLane(Socket from, Socket to, LongSupplier delayNanos, Gate gate) {
    this.from = from;
    this.to = to;
    this.delayNanos = delayNanos;
    this.gate = gate;
  }

  /** Goes on until either end closes; then both are given to {@code ended}. */
  void start(Consumer<Socket> ended) {
    Thread.ofVirtual().start(this::read);
    Thread.ofVirtual()
        .start(() -> {
          write();
          ended.accept(from);
          ended.accept(to);
        });
  }

  private void read() {
    byte[] buffer = new byte[CHUNK];
    try {
      for (int length; (length = from.getInputStream().read(buffer)) > 0; ) {
        // Before the gate: what is recorded has its delay, whatever is set next.
        long dueNanos = System.nanoTime() + delayNanos.getAsLong();
        if (gate.passes(buffer, length)) {
          underWay.put(new Chunk(Arrays.copyOf(buffer, length), dueNanos));
        }
      }
    } catch (IOException _) {
      // An end like any other.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      boolean _ = underWay.offer(new Chunk(new byte[0], System.nanoTime()));
    }
  }

  private void write() {
    try {
      for (Chunk next = underWay.take(); next.bytes.length > 0; next = underWay.take()) {
        TimeUnit.NANOSECONDS.sleep(next.dueNanos - System.nanoTime());
        to.getOutputStream().write(next.bytes);
      }
    } catch (IOException _) {
      // An end like any other.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
