/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.TicketSealer;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HousekeeperTest {
  private final FakeClock clock = FakeClock.create();

  @Test
  void wipesKeysWhoseTimeIsOverAlthoughNoClientComes() {
    RotatingStekSource source =
        new RotatingStekSource(clock, SeededRandom.of(1), Duration.ofHours(6), Duration.ofHours(6));
    List<Stek> keys = source.ring().keys();
    ServerSessions sessions =
        new ServerSessions(
            new ServerResumption(
                ResumptionPolicy.DEFAULT,
                new MemorySessionStore(1 << 20, clock, SeededRandom.of(4)),
                new TicketSealer(source, SeededRandom.of(2), clock),
                false,
                ""),
            true,
            new Revocations(),
            clock,
            SeededRandom.of(3));
    try {
      Housekeeper.lookAfter(sessions, Duration.ofMillis(1));
      assertFalse(keys.getFirst().secret().isClosed());
      clock.advance(Duration.ofDays(30));
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            while (keys.stream().anyMatch(key -> !key.secret().isClosed())) {
              Thread.onSpinWait();
            }
          });
    } finally {
      Reference.reachabilityFence(sessions);
    }
  }
}
