/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.testkit.redis.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The list of revocations poll by poll, over a real Redis. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class SharedRevocationsTest {
  private static final String LIST = "{reprise}:revocations";
  private static final String COUNT = "{reprise}:revocation-count";

  private final RealRedis redis = RealRedis.start();
  private final Reader one = new Reader(redis);
  private final Reader other = new Reader(redis);

  @AfterEach
  void stop() {
    one.close();
    other.close();
    redis.close();
  }

  @Test
  void aListThatWasLostAndHasGrownBackIsReadAndRestored() throws RedisAwayException {
    one.revoke(1);
    pollBoth();
    redis.ask("FLUSHALL");
    // As many as before, so that the count tells nothing.
    other.revoke(2);
    other.poll();
    one.poll();
    assertTrue(one.refuses(2));
    assertEquals(2, redis.askNumber("ZCARD", LIST));
  }

  @Test
  void aReplicaWithoutTheLastEntryThatTakesOverIsReadAndTold() throws RedisAwayException {
    one.revoke(1);
    pollBoth();
    byte[] copy = redis.askBytes("DUMP", LIST);
    one.revoke(2);
    pollBoth();
    redis.ask("RESTORE", LIST, 0, copy, "REPLACE");
    redis.ask("SET", COUNT, 1);
    Reader third = new Reader(redis);
    third.revoke(3);
    third.poll();
    pollBoth();
    third.poll();
    third.close();
    assertTrue(one.refuses(3) && other.refuses(3));
    assertTrue(third.refuses(2));
  }

  @Test
  void aCountThatWasLostHidesNothing() throws RedisAwayException {
    one.revoke(1);
    one.revoke(2);
    pollBoth();
    redis.ask("DEL", COUNT);
    other.revoke(3);
    pollBoth();
    pollBoth();
    assertTrue(one.refuses(3));
  }

  @Test
  void aListOfSeveralPagesIsReadToItsEnd() throws RedisAwayException {
    for (int i = 0; i < 1_100; i++) {
      one.revoke(i);
    }
    pollBoth();
    other.poll();
    for (int i = 0; i < 1_100; i++) {
      assertTrue(other.refuses(i));
    }
    redis.ask("FLUSHALL");
    other.revoke(5_000);
    pollBoth();
    pollBoth();
    assertEquals(1_101, redis.askNumber("ZCARD", LIST));
  }

  @Test
  void whetherTheListIsCurrentDoesNotHangOnAClockThatIsSet() throws RedisAwayException {
    assertFalse(one.revoked.isCurrent(), "never read");
    one.poll();
    one.clock.advance(Duration.ofDays(1));
    assertTrue(one.revoked.isCurrent(), "a clock that was set forward");
    one.clock.advance(Duration.ofDays(-2));
    one.nanoTime.addAndGet(Reader.PERIOD.toNanos() - 1);
    assertTrue(one.revoked.isCurrent());
    one.nanoTime.addAndGet(1);
    assertFalse(one.revoked.isCurrent(), "a clock that was set back");
    one.poll();
    assertTrue(one.revoked.isCurrent());
  }

  @Test
  void eachNodeIsToldOfRevocationsOnceForAllOfAPoll() throws RedisAwayException {
    one.revoke(1);
    one.revoke(1);
    one.revoke(2);
    assertEquals(2, one.revocations.get());
    pollBoth();
    pollBoth();
    assertEquals(2, one.revocations.get(), "it knew already");
    assertEquals(1, other.revocations.get());
  }

  @Test
  void entriesUnderAFleetKeyThatIsReplacedAreTakenOut() throws RedisAwayException {
    one.revoke(1);
    other.revoke(2);
    pollBoth();
    for (int[] keys : new int[][] {{1, 2}, {2, 1}, {2}}) {
      one.keys(keys);
      one.poll();
      other.poll();
      other.keys(keys);
      other.poll();
      one.poll();
      assertEquals(2, redis.askNumber("ZCARD", LIST));
    }
    Reader next = new Reader(redis);
    next.keys(2);
    next.poll();
    assertTrue(next.refuses(1) && next.refuses(2));
    next.close();
  }

  @Test
  void entriesThatHaveEndedGoAlthoughNobodyCanReadThoseBeforeThem() throws RedisAwayException {
    for (int i = 0; i < 700; i++) {
      redis.ask("ZADD", LIST, i, "unreadable " + i);
    }
    one.revoke(1);
    pollBoth();
    assertEquals(701, redis.askNumber("ZCARD", LIST));
    one.clock.advance(Duration.ofDays(2));
    one.nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
    one.poll();
    assertEquals(700, redis.askNumber("ZCARD", LIST));
  }

  private void pollBoth() throws RedisAwayException {
    one.poll();
    other.poll();
  }
}
