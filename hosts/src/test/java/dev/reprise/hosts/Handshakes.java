/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.jsse.HandshakeEvent;
import dev.reprise.jsse.HandshakeListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how handshakes ended, on our side of them. */
final class Handshakes implements HandshakeListener {
  private final AtomicInteger full = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();

  @Override
  public void onHandshake(HandshakeEvent event) {
    if (event.isSuccess()) {
      var _ = counter(event.outcome() instanceof ResumptionOutcome.Resumed).incrementAndGet();
    }
  }

  int resumed() {
    return resumed.get();
  }

  int all() {
    return full.get() + resumed.get();
  }

  /** All but the first of {@code connections} were resumed. */
  void assertResumedAfterTheFirst(int connections) {
    assertEquals(connections, all(), "handshakes");
    assertEquals(connections - 1, resumed(), "resumed handshakes");
  }

  @Override
  public String toString() {
    return resumed() + " of " + all();
  }

  private AtomicInteger counter(boolean wasResumed) {
    return wasResumed ? resumed : full;
  }
}
