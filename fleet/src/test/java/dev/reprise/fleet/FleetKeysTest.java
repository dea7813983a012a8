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
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** How nodes come to have the same ticket keys, over a real Redis. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetKeysTest {
  /** No epoch ends during a test. */
  private static final Duration LONG = Duration.ofDays(7);

  @Test
  void aNodeThatIsAloneBeginsAFleetAndSealsAtOnce() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet node = fleet.join("a");
      awaitSealing(node);
      assertEquals(3, names(node).size(), "this epoch's key and those of two more");
      assertTrue(node.status().reachable());
    }
  }

  @Test
  void nodesThatJoinGetTheKeysThatThereAre() {
    try (TestFleet fleet = new TestFleet()) {
      Fleet first = fleet.join("a");
      awaitSealing(first);
      awaitAgreement(first, fleet.join("b"), fleet.join("c"));
      Await.until("all are seen", () -> first.status().others().size() == 2);
    }
  }

  @Test
  void keysFollowEachOtherAndEndOnAllNodesAlike() {
    try (TestFleet fleet = new TestFleet(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<String> seen = new HashSet<>();
      Await.until("three keys have sealed", () -> !seen.add(sealing(one)) && seen.size() > 3);
      awaitAgreement(one, other);
      assertTrue(names(one).size() < 7, "ended keys are kept: " + names(one).size());
    }
  }

  @Test
  void noSealingBreaksOffBetweenTwoEpochs() {
    try (TestFleet fleet = new TestFleet(Duration.ofSeconds(1), Duration.ofSeconds(2))) {
      Fleet node = fleet.join("a");
      awaitSealing(node);
      long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < until) {
        assertFalse(sealing(node).isEmpty());
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aRedisThatHasLostEverythingIsToldAgain() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      fleet.redis.ask("FLUSHALL");
      Await.until("the keys are back", () -> fleet.redis.askNumber("HLEN", "{reprise}:keys") == 3);
      assertEquals(before, names(one));
      Fleet third = fleet.join("c");
      awaitAgreement(one, other, third);
      assertEquals(before, names(third));
    }
  }

  @Test
  void aNodeWithAnotherFleetKeySharesNothingAndDisturbsNobody() {
    try (TestFleet fleet = new TestFleet(LONG, LONG);
        TestFleet rivals = fleet.rival()) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      Fleet stranger = rivals.join("c");
      Await.until("it finds out", () -> rivals.heard("another fleet key"));
      assertTrue(stranger.status().stranger());
      assertTrue(names(stranger).isEmpty());
      assertEquals(before, names(one));
      assertEquals(before, names(other));
      assertEquals(1, one.status().others().size());
    }
  }

  @Test
  void theFirstNodesTimesHoldForAll() {
    try (TestFleet fleet = new TestFleet(LONG, Duration.ofSeconds(60))) {
      awaitSealing(fleet.join("a"));
      FleetSettings others =
          fleet.settings("b").withTimes(Duration.ofSeconds(10), Duration.ofSeconds(20));
      Fleet second = fleet.join(others, InstantSource.system());
      Await.until("it adopts", () -> second.rotateEvery().equals(LONG));
      assertEquals(Duration.ofSeconds(60), second.ticketLifetime());
      assertTrue(fleet.heard("these hold here too, not the 10s and 20s"));
    }
  }

  @Test
  void aNodeThatWasGivenOtherTimesPollsAsOftenAsTheOthers() {
    try (TestFleet fleet = new TestFleet()) {
      Fleet first = fleet.join("a");
      awaitSealing(first);
      Fleet second = fleet.join(fleet.settings("b").withTimes(LONG, LONG), InstantSource.system());
      Await.until("it adopts", () -> second.rotateEvery().equals(TestFleet.PERIOD));
      // The first plan was made by the times that it was given.
      long before = second.status().polls();
      Await.until("it has polled anew", () -> second.status().polls() > before + 2);
      long ofFirst = first.status().polls();
      long ofSecond = second.status().polls();
      Await.until("the first one goes on", () -> first.status().polls() > ofFirst + 30);
      long polled = second.status().polls() - ofSecond;
      assertTrue(polled > 20, "it polled " + polled + " times");
    }
  }

  @Test
  void clocksThatAreAnHourOffGoByRedis() {
    try (TestFleet fleet = new TestFleet(LONG, Duration.ofSeconds(60))) {
      InstantSource system = InstantSource.system();
      Fleet right = fleet.join("right");
      Fleet late =
          fleet.join(fleet.settings("late"), () -> system.instant().minus(Duration.ofHours(1)));
      Fleet early =
          fleet.join(fleet.settings("early"), () -> system.instant().plus(Duration.ofHours(1)));
      awaitAgreement(right, late, early);
      assertTrue(Math.abs(right.clock().millis() - late.clock().millis()) < 1000);
      assertTrue(Math.abs(right.clock().millis() - early.clock().millis()) < 1000);
      assertTrue(fleet.heard(FleetEvent.ClockOff.class));
      assertTrue(late.status().clockAlarms() > 0);
      assertTrue(early.status().clockAlarms() > 0);
      assertEquals(0, right.status().clockAlarms());
      Duration wrong = late.status().clockOffset().minus(Duration.ofHours(1)).abs();
      assertTrue(wrong.compareTo(FleetClock.TOLERANCE) < 0, "wrong by " + wrong);
    }
  }

  @Test
  void garbageUnderTheFleetsKeysIsReplaced() {
    try (TestFleet fleet = new TestFleet(LONG, Duration.ofSeconds(60))) {
      Fleet one = fleet.join("a");
      Fleet other = fleet.join("b");
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      String sealing = sealing(one);
      fleet.redis.ask("SET", "{reprise}:times", "garbage");
      fleet.redis.ask("SET", "{reprise}:generation", "garbage");
      for (Opaque name : before) {
        fleet.redis.ask("HSET", "{reprise}:keys", name.toArray(), "garbage");
      }
      fleet.redis.ask("HSET", "{reprise}:epochs", "x", "garbage");
      fleet.redis.ask("HSET", "{reprise}:beats", "x".repeat(300), "garbage");
      fleet.redis.ask("HSET", "{reprise}:wraps", "x", "garbage");
      fleet.redis.ask("HSET", "{reprise}:nodes", "0123456789abcdef", "garbage");
      Fleet third = fleet.join("c");
      awaitAgreement(one, other, third);
      assertEquals(before, names(third));
      assertEquals(sealing, sealing(third));
    }
  }
}
