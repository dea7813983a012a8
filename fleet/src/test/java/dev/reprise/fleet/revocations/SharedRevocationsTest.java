/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.testkit.redis.RealRedis;
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

  private void pollBoth() throws RedisAwayException {
    one.poll();
    other.poll();
  }
}
