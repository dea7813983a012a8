/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Every client's first visits, before those that count: a few at a time, as fast as they go. There
 * is nothing to resume in the first of all, and nobody shall measure how long a JVM takes to
 * compile: the clients' needs some 30,000 visits.
 */
final class Introduction {
  private static final int ROUNDS = 3;
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

  /** All rounds. */
  void run(Consumer<String> progress) throws InterruptedException {
    for (int round = 1; round <= ROUNDS; round++) {
      progress.accept("visit " + round + ": " + once());
    }
  }

  /** One visit of each; returns how it went, in a sentence. */
  String once() throws InterruptedException {
    next.set(0);
    failures.set(0);
    long begun = System.nanoTime();
    Thread[] threads = new Thread[THREADS];
    Arrays.setAll(threads, _ -> Thread.ofVirtual().start(this::introduce));
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return "%d clients in %.1f s: %.0f handshakes/s%s"
        .formatted(
            madeAtNanos.length,
            seconds,
            madeAtNanos.length / seconds,
            failures.get() == 0 ? "" : ", " + failures + " failed");
  }

  /** When each client's last full handshake was, as {@link System#nanoTime} says. */
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
        Clients.Connection visit = clients.visit(client);
        if (!visit.resumed()) {
          madeAtNanos[client] = System.nanoTime();
        }
        return;
      } catch (IOException | RuntimeException _) {
        failures.incrementAndGet();
      }
    }
  }
}
