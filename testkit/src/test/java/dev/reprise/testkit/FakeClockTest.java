/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FakeClockTest {
  private final FakeClock clock = FakeClock.create();

  @Test
  void standsStillUntilMoved() {
    assertEquals(FakeClock.START, clock.instant());
    assertEquals(clock.millis(), clock.millis());
  }

  @Test
  void movesByWhatItIsTold() {
    assertEquals(FakeClock.START.plusSeconds(90), clock.advance(Duration.ofSeconds(90)));
    clock.advance(Duration.ofSeconds(-30));
    assertEquals(FakeClock.START.plusSeconds(60), clock.instant());
  }

  @Test
  void jumpsWhereItIsSet() {
    clock.set(Instant.EPOCH);
    assertEquals(0, clock.millis());
  }
}
