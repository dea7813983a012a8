/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static dev.reprise.fleet.TestFleet.awaitAgreement;
import static dev.reprise.fleet.TestFleet.awaitSealing;
import static dev.reprise.fleet.TestFleet.names;
import static dev.reprise.fleet.TestFleet.sealing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.redis.Detour;
import dev.reprise.testkit.redis.RealRedis;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What a Redis that fails costs: resumptions for a while, and nothing else. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetFaultsTest {
  private static final Duration LONG = Duration.ofDays(7);

  @Test
  void aNodeStartsWithoutRedisAndJoinsWhenItIsThere() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      fleet.redis.stop();
      Fleet node = fleet.join("a");
      assertFalse(node.status().reachable());
      assertTrue(names(node).isEmpty(), "no key without agreement");
      Await.until("it says so", () -> fleet.heard(FleetEvent.Unreachable.class));
      fleet.redis.startAgain();
      awaitSealing(node);
      Await.until("it says so", () -> fleet.heard(FleetEvent.Reachable.class));
    }
  }

  @Test
  void keysGoOnWhileRedisIsAwayAndRotationResumesByItself() {
    try (TestFleet fleet = new TestFleet()) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      String before = sealing(one);
      fleet.redis.kill();
      Await.until(
          "the next key seals", () -> !sealing(one).isEmpty() && !sealing(one).equals(before));
      // A key may begin before the first poll that fails.
      Await.until("it is noticed", () -> !one.status().reachable());
      // Longer than any key seals that was there.
      Await.until(
          "nothing seals any more", () -> sealing(one).isEmpty() && sealing(other).isEmpty());
      Await.until("all have ended", () -> names(one).isEmpty() && names(other).isEmpty());
      fleet.redis.startAgain();
      awaitAgreement(one, other);
    }
  }

  @Test
  void aRedisThatStandsStillIsWaitedForAndNotStumbledOver() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      fleet.redis.pause();
      Await.until("it is noticed", () -> !one.status().reachable());
      assertEquals(before, names(one));
      fleet.redis.resume();
      Await.until("it is back", () -> one.status().reachable() && other.status().reachable());
      awaitAgreement(one, other);
      assertEquals(before, names(one));
    }
  }

  @Test
  void aFullRedisKeepsNobodyFromSealing() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      awaitSealing(one);
      fleet.redis.ask("CONFIG", "SET", "maxmemory", "1");
      Await.until("it is noticed", () -> !one.status().reachable());
      assertFalse(sealing(one).isEmpty());
      fleet.redis.ask("CONFIG", "SET", "maxmemory", "0");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
    }
  }

  @Test
  void aFullRedisIsReadOverTheConnectionThatThereIs() {
    Duration period = Duration.ofSeconds(4);
    try (TestFleet fleet = new TestFleet(period, LONG)) {
      Fleet one = unhurried(fleet, "a");
      Fleet other = unhurried(fleet, "b");
      awaitAgreement(one, other);
      assertTrue(TestSessions.put(one, 1, new SecureRandom()));
      assertTrue(TestSessions.finds(other, 1));
      fleet.redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
      fleet.redis.ask("CONFIG", "SET", "maxmemory", "1");
      long before = other.status().failedPolls();
      // Some of them take longer than a silent connection would be kept.
      Await.until(
          "polls fail for longer than a period",
          () -> {
            assertTrue(TestSessions.finds(other, 1));
            assertTrue(other.status().revocationsCurrent());
            return other.status().failedPolls() > before + 15;
          });
    }
  }

  private static Fleet unhurried(TestFleet fleet, String name) {
    return fleet.join(
        fleet.settings(name).withStoreDeadline(Duration.ofSeconds(20)), InstantSource.system());
  }

  @Test
  void aRedisThatForgotTheLastSecondIsToldAgain() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      awaitSealing(one);
      fleet.redis.save();
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      fleet.redis.kill();
      fleet.redis.startAgain();
      Fleet third = fleet.join("c");
      awaitAgreement(one, other, third);
      assertEquals(before, names(third));
    }
  }

  @Test
  void twoKeysOfAnEpochAreBothAcceptedAndTheOneInRedisSeals() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      awaitSealing(one);
      Set<Opaque> first = names(one);
      fleet.redis.pause();
      Await.until("it is away", () -> !one.status().reachable());
      // Another Redis in its place, in which a node begins anew.
      fleet.redis.kill();
      fleet.redis.startAgain();
      fleet.redis.ask("FLUSHALL");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      assertTrue(names(one).containsAll(first), "the first node's keys still open");
      assertTrue(names(other).containsAll(first), "on the other one too");
    }
  }

  @Test
  void aReplicaThatMissedAnOrderAndTakesOverBringsNoOldKeyBack() throws FleetException {
    try (TestFleet fleet = new TestFleet(LONG, LONG);
        RealRedis replica = RealRedis.start("replicaof 127.0.0.1 " + fleet.redis.port());
        RealRedis sentinel =
            RealRedis.startSentinel(
                "sentinel monitor fleet 127.0.0.1 " + fleet.redis.port() + " 1",
                // Not so soon that a master which only waits for a processor is given up.
                "sentinel down-after-milliseconds fleet 3000",
                "sentinel failover-timeout fleet 2000")) {
      String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#fleet";
      Fleet one = fleet.join(fleet.settings(url, "a"), InstantSource.system());
      Fleet other = fleet.join(fleet.settings(url, "b"), InstantSource.system());
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      Await.until(
          "the replica has all that there is, and the sentinel knows it",
          () ->
              replica.info("replication", "master_link_status").equals("up")
                  && replica.askNumber("HLEN", "{reprise}:keys") == before.size()
                  && sentinel.askText("INFO", "sentinel").contains("slaves=1"));
      byte[] former = replica.askBytes("HRANDFIELD", "{reprise}:keys");
      // One that only stood still would find the order in its socket.
      replica.ask("SAVE");
      replica.kill();
      try (FleetOrders orders = new FleetOrders(fleet.settings("cli"), fleet.keyFile())) {
        orders.rotateNow();
      }
      Await.until(
          "both have followed",
          () -> one.status().generation() > 0 && other.status().generation() > 0);
      awaitAgreement(one, other);
      Set<Opaque> after = names(one);
      fleet.redis.kill();
      replica.startAgain();
      Await.until(
          "the replica has taken over, and was told again",
          () ->
              replica.info("replication", "role").equals("master")
                  && replica.askNumber("HEXISTS", "{reprise}:keys", former) == 0
                  && replica.askNumber("HLEN", "{reprise}:keys") == after.size());
      Fleet third = fleet.join(fleet.settings(url, "c"), InstantSource.system());
      awaitAgreement(one, other, third);
      assertEquals(after, names(third));
      assertTrue(before.stream().noneMatch(after::contains));
    }
  }

  @Test
  void aConnectionOverWhichNothingComesIsMadeAgain() {
    try (TestFleet fleet = new TestFleet(LONG, LONG);
        Detour way = Detour.to(fleet.redis.port())) {
      String url = "redis://127.0.0.1:" + way.port();
      Fleet node = fleet.join(fleet.settings(url, "a"), InstantSource.system());
      awaitSealing(node);
      way.lose(true);
      Await.until("it is noticed", () -> !node.status().reachable());
      // What was lost on the connection that is there is not made good.
      way.lose(false);
      Await.until("there is another one", () -> node.status().reachable());
    }
  }

  @Test
  void aNodeThatHasEndedLeavesNeitherSignOfLifeNorKeyPair() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet node = fleet.join("a");
      awaitSealing(node);
      Await.until(
          "it says that it lives", () -> fleet.redis.askNumber("HLEN", "{reprise}:beats") == 1);
      // Its thread has ended when this returns, so nothing comes after what is seen then.
      node.close();
      assertEquals(0, fleet.redis.askNumber("HLEN", "{reprise}:beats"));
      assertEquals(0, fleet.redis.askNumber("HLEN", "{reprise}:nodes"));
    }
  }

  @Test
  void aNodeThatEndsIsNotWaitedFor() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      other.close();
      Await.until("it is gone", () -> one.status().others().isEmpty());
      assertTrue(names(other).isEmpty(), "its keys are wiped");
    }
  }
}
