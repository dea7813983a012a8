/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every client's first visit, before those that count: a few at a time, as fast as they go. There
 * is nothing to resume in it, and nobody shall measure how long a JVM takes to compile.
 */
final class Introduction {
  private static final int THREADS = 8;
  private static final int ATTEMPTS = 3;

  private final Clients clients;
  private final Long[] madeAtNanos;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * @param count of clients
   */
  Introduction(Clients clients, int count) {
    this.clients = clients;
    this.madeAtNanos = new Long[count];
  }

  /** Returns how it went, in a sentence. */
  String run() throws InterruptedException {
    long begun = System.nanoTime();
    Thread[] threads = new Thread[THREADS];
    Arrays.setAll(threads, _ -> Thread.ofVirtual().start(this::introduce));
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return "%d clients made their first visit in %.1f s: %.0f full handshakes/s%s"
        .formatted(
            madeAtNanos.length,
            seconds,
            madeAtNanos.length / seconds,
            failures.get() == 0 ? "" : ", " + failures + " failed");
  }

  /** When each client's session was made, as {@link System#nanoTime} says. */
  Long[] madeAtNanos() {
    return madeAtNanos.clone();
  }

  private void introduce() {
    for (int client = next.getAndIncrement();
        client < madeAtNanos.length;
        client = next.getAndIncrement()) {
      introduce(client);
    }
  }

  private void introduce(int client) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        clients.visit(client);
        madeAtNanos[client] = System.nanoTime();
        return;
      } catch (IOException | RuntimeException _) {
        failures.incrementAndGet();
      }
    }
  }
}
