/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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

  @Test
  void takesNothingAlongFromWhoeverMadeTheFirstContext() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("an application's");
    AtomicReference<@Nullable String> inherited = new AtomicReference<>("nothing was seen");
    Thread thread = Housekeeper.thread(() -> inherited.set(local.get()));
    thread.start();
    thread.join();
    assertNull(inherited.get());
    assertNull(thread.getContextClassLoader());
    assertTrue(thread.isDaemon());
  }

  @Test
  void asksASourceAgainThatFailedInAnyWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    ServerSessions sessions =
        new ServerSessions(
            new ServerResumption(
                ResumptionPolicy.DEFAULT,
                null,
                new TicketSealer(
                    () -> {
                      asked.countDown();
                      throw new NoClassDefFoundError("of an application that is gone");
                    },
                    SeededRandom.of(2),
                    clock),
                false,
                ""),
            true,
            new Revocations(),
            clock,
            SeededRandom.of(3));
    try {
      Housekeeper.lookAfter(sessions, Duration.ofMillis(1));
      assertTrue(asked.await(20, TimeUnit.SECONDS));
    } finally {
      Reference.reachabilityFence(sessions);
    }
  }
}
