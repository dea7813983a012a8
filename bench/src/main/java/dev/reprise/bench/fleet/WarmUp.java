/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visits that do not count, so that nobody measures how long a JVM takes to compile: some threads
 * connect one time after the other, until they get through more of them than the load has.
 */
final class WarmUp {
  private static final int THREADS = 8;
  private static final int CLIENTS = 200;
  private static final double MORE_THAN_THE_LOAD = 1.5;
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final Clients clients;
  private final FleetLoad load;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger visits = new AtomicInteger();

  WarmUp(Clients clients, FleetLoad load) {
    this.clients = clients;
    this.load = load;
  }

  /** Returns how it went, in a sentence. */
  String run() throws InterruptedException {
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread _ = Thread.ofVirtual().start(() -> visit(number));
    }
    long begun = System.nanoTime();
    int perSecond = 0;
    while (perSecond < load.handshakesPerSecond() * MORE_THAN_THE_LOAD
        && System.nanoTime() - begun < LONGEST.toNanos()) {
      int before = visits.get();
      TimeUnit.SECONDS.sleep(1);
      perSecond = visits.get() - before;
    }
    ended.set(true);
    return "warmed up: %d handshakes/s one after the other on %d threads%s"
        .formatted(
            perSecond,
            THREADS,
            perSecond < load.handshakesPerSecond()
                ? "; the load wants more than this machine can do, and what follows tells of that"
                : "");
  }

  private void visit(int thread) {
    for (int visit = 0; !ended.get(); visit++) {
      try {
        // Twice each, so that there is something to resume.
        clients.visit(load.clients() + thread + THREADS * (visit / 2 % CLIENTS));
        visits.incrementAndGet();
      } catch (IOException _) {
        // It does not count.
      }
    }
  }
}
