/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.redis.RealRedis;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class TieredSessionStoreTest {
  private final RealRedis redis = RealRedis.start();
  private final Node maker = Node.at(redis.url());
  private final Node other = Node.at(redis.url());
  private final Session session = Samples.session(ProtocolVersion.TLS12);
  private final Session singleUse = Samples.session(ProtocolVersion.TLS13);
  private final Opaque id = Samples.id(1);

  @AfterEach
  void stop() {
    maker.close();
    other.close();
    redis.close();
  }

  @Test
  void onlyTheNodeThatMadeATls12SessionHasANearCopy() {
    assertTrue(put(maker, id, session));
    assertTrue(put(maker, Samples.id(2), singleUse));
    found(get(other, id));
    assertEquals(1, maker.near.size());
    assertEquals(0, other.near.size());
    assertEquals(2, redis.askNumber("DBSIZE"));
    assertEquals(1, other.tiered.counts().hits());
  }

  @Test
  void aNearCopyIsGivenAtOnceAndWithoutRedis() {
    put(maker, id, session);
    redis.pause();
    CompletionStage<Lookup> near = maker.tiered.get(id, ProtocolVersion.TLS12, Samples.SCOPE);
    assertTrue(near.toCompletableFuture().isDone());
    Samples.assertSame(session, found(Samples.join(near)));
    redis.resume();
    assertEquals(1, maker.tiered.counts().nearHits());
    assertEquals(1, maker.tiered.counts().calls());
  }

  @Test
  void aSessionThatRedisHasNotAcknowledgedStaysInThisNodeAndCounts() {
    redis.kill();
    Await.until("the link is down", () -> !maker.link.isUp());
    assertTrue(put(maker, id, session));
    assertFalse(put(maker, Samples.id(2), singleUse));
    found(get(maker, id));
    assertEquals(1, maker.tiered.counts().keptLocal());
    assertEquals(2, maker.tiered.counts().unreachable());
  }

  @Test
  void aSessionRemovedOnItsOwnNodeIsGoneEverywhereAtOnce() {
    put(maker, id, session);
    assertTrue(remove(maker, id));
    assertEquals(new Lookup.NotInStore(), get(maker, id));
    assertEquals(new Lookup.NotInStore(), get(other, id));
    // Nobody else has a copy, so nobody needs to be told.
    assertEquals(0, redis.askNumber("EXISTS", maker.settings.key("gone")));
    assertFalse(remove(maker, id));
  }

  @Test
  void aSessionRemovedOnAnotherNodeIsGoneFromItsMakerWithinAPoll() {
    put(maker, id, session);
    put(maker, Samples.id(2), session);
    poll(maker);
    int before = maker.notices.get();
    assertTrue(remove(other, id));
    assertEquals(new Lookup.NotInStore(), get(other, id));
    Await.until("there is a notice", () -> maker.notices.get() > before);
    found(get(maker, id));
    poll(maker);
    assertEquals(new Lookup.NotInStore(), get(maker, id));
    found(get(maker, Samples.id(2)));
    assertEquals(0, maker.tiered.counts().nearCopiesDropped());
  }

  @Test
  void removalsThatRedisMissedAreToldWithTheFirstPollAfterwards() {
    put(maker, id, session);
    redis.save();
    redis.kill();
    Await.until("the link is down", () -> !other.link.isUp());
    assertFalse(remove(other, id));
    assertEquals(1, other.tiered.counts().removalsWaiting());
    redis.startAgain();
    Await.until("the links are up", () -> maker.link.isUp() && other.link.isUp());
    // It is in Redis again, but not for the node that knows better.
    assertEquals(1, redis.askNumber("EXISTS", other.key(id)));
    assertEquals(new Lookup.NotInStore(), get(other, id));
    Await.until("it is told", () -> isTold(other));
    assertEquals(0, redis.askNumber("EXISTS", other.key(id)));
    poll(maker);
    assertEquals(new Lookup.NotInStore(), get(maker, id));
  }

  @Test
  void whoMayHaveMissedRemovalsDropsAllNearCopies() {
    put(maker, id, session);
    for (int i = 0; i < Removals.KEPT_IN_LOG + 2; i++) {
      remove(other, Samples.id(-i));
    }
    Await.until("all are told", () -> isTold(other));
    assertTrue(redis.askNumber("GET", key("gone-count")) >= Removals.KEPT_IN_LOG + 2);
    assertEquals(Removals.KEPT_IN_LOG, redis.askNumber("ZCARD", maker.settings.key("gone")));
    poll(maker);
    assertEquals(0, maker.near.size());
    assertEquals(1, maker.tiered.counts().nearCopiesDropped());
    put(maker, id, session);
    remove(other, Samples.id(7));
    poll(maker);
    assertEquals(1, maker.near.size());
  }

  @Test
  void aRedisThatHasForgottenRemovalsCostsTheNearCopies() {
    remove(other, Samples.id(7));
    Await.until("it is told", () -> redis.askNumber("EXISTS", key("gone")) == 1);
    poll(maker);
    put(maker, id, session);
    poll(maker);
    assertEquals(1, maker.near.size());
    redis.ask("FLUSHALL");
    poll(maker);
    assertEquals(0, maker.near.size());
  }

  @Test
  void aRedisThatHasForgottenRemovalsAndHasHeardOfAsManySinceCostsTheNearCopies() {
    remove(other, Samples.id(7));
    Await.until("it is told", () -> redis.askNumber("EXISTS", key("gone")) == 1);
    poll(maker);
    put(maker, id, session);
    redis.ask("FLUSHALL");
    remove(other, Samples.id(8));
    Await.until("it is told", () -> redis.askNumber("EXISTS", key("gone")) == 1);
    poll(maker);
    assertEquals(0, maker.near.size());
    put(maker, id, session);
    poll(maker);
    assertEquals(1, maker.near.size());
  }

  @Test
  void garbageInTheLogHarmsNobodyAndIsTakenOut() {
    redis.ask("ZADD", key("gone"), 1, "garbage", 2, new byte[32]);
    redis.ask("SET", key("gone-count"), "no number");
    poll(maker);
    redis.ask("SET", key("gone"), "no list");
    poll(maker);
    put(maker, id, session);
    found(get(maker, id));
    assertFalse(remove(other, Samples.id(7)));
    Await.until("it is told", () -> isTold(other));
    assertEquals(1, redis.askNumber("ZCARD", key("gone")));
  }

  @Test
  void theLogEndsWithTheSessionsThatItIsAbout() {
    remove(other, Samples.id(7));
    Await.until("it is told", () -> redis.askNumber("EXISTS", key("gone")) == 1);
    for (String part : new String[] {"gone", "gone-count"}) {
      long ttl = redis.askNumber("PTTL", key(part));
      assertTrue(ttl > 0 && ttl <= Duration.ofDays(7).toMillis());
    }
  }

  @Test
  void atMostSoManyRemovalsWait() {
    redis.kill();
    Await.until("the link is down", () -> !other.link.isUp());
    for (int i = 0; i < Removals.MOST_WAITING + 3; i++) {
      remove(other, Samples.id(i));
    }
    assertEquals(Removals.MOST_WAITING, other.tiered.counts().removalsWaiting());
    assertEquals(3, other.tiered.counts().removalsLost());
    redis.startAgain();
    Await.until("the link is up", other.link::isUp);
    Await.until("all are told", () -> isTold(other));
    assertEquals(Removals.KEPT_IN_LOG, redis.askNumber("ZCARD", key("gone")));
  }

  @Test
  void aTakenTls12SessionHasNoCopyLeft() {
    put(maker, id, session);
    found(Samples.join(other.tiered.take(id, ProtocolVersion.TLS12, Samples.SCOPE)));
    Await.until("it is told", () -> redis.askNumber("EXISTS", key("gone")) == 1);
    poll(maker);
    assertEquals(new Lookup.NotInStore(), get(maker, id));
  }

  @Test
  void aSingleUseSessionIsTakenOnceByAllNodes() {
    put(maker, id, singleUse);
    found(Samples.join(other.tiered.get(id, ProtocolVersion.TLS13, Samples.SCOPE)));
    found(Samples.join(other.tiered.take(id, ProtocolVersion.TLS13, Samples.SCOPE)));
    for (Node node : new Node[] {maker, other}) {
      assertEquals(
          new Lookup.NotInStore(),
          Samples.join(node.tiered.take(id, ProtocolVersion.TLS13, Samples.SCOPE)));
    }
  }

  /** What could not be told in time is told with a poll. */
  private static boolean isTold(Node node) {
    poll(node);
    return node.tiered.counts().removalsWaiting() == 0;
  }

  private byte[] key(String part) {
    return maker.settings.key(part);
  }

  private static boolean put(Node node, Opaque at, Session session) {
    return Samples.join(node.tiered.put(at, session, Samples.HOUR));
  }

  private static Lookup get(Node node, Opaque at) {
    return Samples.join(node.tiered.get(at, ProtocolVersion.TLS12, Samples.SCOPE));
  }

  private static boolean remove(Node node, Opaque at) {
    return Samples.join(node.tiered.remove(at));
  }

  private static void poll(Node node) {
    Objects.requireNonNull(node.tiered.poll()).toCompletableFuture().join();
  }

  private static Session found(Lookup lookup) {
    return assertInstanceOf(Lookup.Found.class, lookup).session();
  }
}
