/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The own clock, corrected by Redis's. */
class FleetClockTest {
  private long own = 1_000_000;
  private final FleetClock clock = new FleetClock(() -> Instant.ofEpochMilli(own));

  @Test
  void goesByTheOwnClockUntilRedisHasSaidItsTime() {
    assertFalse(clock.isKnown());
    assertEquals(1_000_000, clock.millis());
  }

  @Test
  void takesTheFirstAnswerForWhatItIs() {
    assertFalse(clock.sample(own, own + 10, 1_001_005));
    assertEquals(1_001_000, clock.millis());
    assertEquals(1_001_000, clock.instant().toEpochMilli());
    assertTrue(clock.isKnown());
  }

  @Test
  void smoothesWhatFollows() {
    boolean _ = clock.sample(own, own, 1_001_000);
    boolean _ = clock.sample(own, own, 1_001_400);
    assertEquals(1_001_100, clock.millis());
  }

  @Test
  void followsAClockThatWasSetAtOnceAndSaysSo() {
    boolean _ = clock.sample(own, own, 1_000_000);
    own += 3_600_000;
    assertTrue(clock.sample(own, own, 1_000_000));
    assertEquals(1_000_000, clock.millis());
    assertFalse(clock.sample(own, own, 1_000_000), "said once");
  }

  @Test
  void takesNoAnswerThatCameTooLateToTell() {
    boolean _ = clock.sample(own, own, 1_000_000);
    assertFalse(clock.sample(own, own + 3_000, 1_100_000));
    assertFalse(clock.sample(own, own - 1, 1_100_000));
    assertEquals(1_000_000, clock.millis());
  }

  @Test
  void keepsTheLastCorrectionWhileRedisIsAway() {
    boolean _ = clock.sample(own, own, 1_002_000);
    own += 60_000;
    assertEquals(1_062_000, clock.millis());
  }
}
