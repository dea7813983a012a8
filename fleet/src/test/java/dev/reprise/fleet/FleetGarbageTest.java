/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static dev.reprise.fleet.TestFleet.awaitAgreement;
import static dev.reprise.fleet.TestFleet.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Lineage;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Somebody has put something of another type under each of the fleet's keys. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetGarbageTest {
  private static final Duration LONG = Duration.ofDays(7);
  private static final List<String> HASHES_AND_SETS =
      List.of("nodes", "beats", "keys", "epochs", "wraps", "revocations", "gone");
  private static final List<String> TEXTS = List.of("times", "generation");
  private static final List<String> COUNTS = List.of("revocation-count", "gone-count");

  @Test
  void garbageOfAnotherTypeIsTakenOutAndWhatNodesHoldIsPutBack() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Fleet one = unhurried(fleet, "a");
      Fleet other = unhurried(fleet, "b");
      RevocationRegister revoker = register(one);
      RevocationRegister hearer = register(other);
      awaitAgreement(one, other);
      Set<Opaque> before = names(one);
      assertRevocationsAndRemovalsSpread(one, revoker, other, hearer, 1);
      HASHES_AND_SETS.forEach(part -> replace(fleet, part, "SET"));
      TEXTS.forEach(part -> replace(fleet, part, "RPUSH"));
      COUNTS.forEach(part -> replace(fleet, part, "RPUSH"));
      assertRevocationsAndRemovalsSpread(one, revoker, other, hearer, 2);
      awaitBack(fleet, one, other);
      HASHES_AND_SETS.forEach(part -> replace(fleet, part, "RPUSH"));
      COUNTS.forEach(part -> replace(fleet, part, "SET"));
      assertRevocationsAndRemovalsSpread(one, revoker, other, hearer, 3);
      awaitBack(fleet, one, other);
      assertEquals(before, names(one));
      assertEquals(before, names(other));
    }
  }

  private static void replace(TestFleet fleet, String part, String command) {
    String key = "{reprise}:" + part;
    fleet.redis.ask(
        "EVAL",
        "redis.call('DEL', KEYS[1]) return redis.call(ARGV[1], KEYS[1], 'x')",
        1,
        key,
        command);
  }

  private static void awaitBack(TestFleet fleet, Fleet... nodes) {
    for (Fleet node : nodes) {
      Await.until(
          "it polls and sees the other one",
          () -> node.status().reachable() && node.status().others().size() == 1);
    }
    Await.until(
        "all is back",
        () ->
            fleet.redis.askNumber("HLEN", "{reprise}:keys") == 3
                && fleet.redis.askNumber("EXISTS", "{reprise}:times") == 1
                && fleet.redis.askNumber("HLEN", "{reprise}:epochs") == 3);
  }

  private static void assertRevocationsAndRemovalsSpread(
      Fleet one, RevocationRegister revoker, Fleet other, RevocationRegister hearer, int number) {
    Lineage lineage = new Lineage(one.clock().millis(), number);
    revoker.revokeSession(lineage);
    Await.until("the other one knows", () -> hearer.contains(lineage, List.of()));
    assertTrue(TestSessions.put(one, number, new SecureRandom()));
    TestSessions.remove(other, number);
    Await.until("its maker knows", () -> !TestSessions.finds(one, number));
  }

  private static Fleet unhurried(TestFleet fleet, String name) {
    return fleet.join(
        fleet.settings(name).withStoreDeadline(Duration.ofSeconds(20)),
        java.time.InstantSource.system());
  }

  private static RevocationRegister register(Fleet node) {
    RevocationRegister register = new RevocationRegister(LONG, 1000, node.clock());
    RevokedSessions _ = node.share(register);
    return register;
  }
}
