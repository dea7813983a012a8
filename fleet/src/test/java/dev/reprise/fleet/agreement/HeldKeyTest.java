/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.SeededRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a key that this node has begins to seal. */
class HeldKeyTest {
  private static final FleetTimes TIMES =
      new FleetTimes(Duration.ofSeconds(1), Duration.ofSeconds(2));
  private static final long THREE_POLLS = 300;

  private static HeldKey key(long publishAt, long issueFrom) {
    byte[] secret = new byte[32];
    SeededRandom.of(1).nextBytes(secret);
    return new HeldKey(
        new KeyRecord(Opaque.takeOver(new byte[16]), 0, 10, publishAt, issueFrom, 11_000, 13_000),
        Secret.takeOver(secret));
  }

  @Test
  void oneThatWasPublishedAPeriodAheadSealsFromItsTimeOn() {
    assertEquals(10_000, key(8_000, 10_000).sealsFrom(TIMES, THREE_POLLS));
    assertEquals(10_000, key(9_000, 10_000).sealsFrom(TIMES, THREE_POLLS));
  }

  @Test
  void oneThatWasPublishedLateWaitsForAPeriodOrForAllNodes() {
    HeldKey late = key(9_500, 10_000);
    assertEquals(10_500, late.sealsFrom(TIMES, THREE_POLLS));
    late.confirm();
    assertEquals(10_000, late.sealsFrom(TIMES, THREE_POLLS));
  }

  @Test
  void aFleetsFirstKeyWaitsForThreePollsOrForAllNodes() {
    HeldKey first = key(10_400, 10_400);
    assertEquals(10_700, first.sealsFrom(TIMES, THREE_POLLS));
    first.confirm();
    assertEquals(10_400, first.sealsFrom(TIMES, THREE_POLLS));
  }

  @Test
  void oneThatIsNotItsEpochsOnlyOpens() {
    Stek stek = key(10_400, 10_400).stek(Long.MAX_VALUE, 5_000);
    assertFalse(stek.issuesAt(10_400));
    assertFalse(stek.issuesAt(10_999));
    assertTrue(stek.acceptsAt(12_999));
    assertFalse(stek.acceptsAt(13_000));
  }

  @Test
  void aNodeWhoseClockRunsAheadIsUnderstood() {
    assertTrue(key(10_400, 10_400).stek(10_400, 5_000).acceptsAt(5_400));
  }
}
