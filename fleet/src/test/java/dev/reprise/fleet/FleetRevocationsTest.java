/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Lineage;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What is revoked on one node is revoked on all. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetRevocationsTest {
  private static final Duration LONG = Duration.ofDays(7);

  /** A node with its register, as a server has it. */
  private record Node(Fleet fleet, RevocationRegister register, RevokedSessions revoked) {
    static Node join(TestFleet fleet, String name) {
      return of(fleet.join(name));
    }

    static Node of(Fleet node) {
      RevocationRegister register =
          new RevocationRegister(Duration.ofHours(24), 1000, node.clock());
      return new Node(node, register, node.share(register));
    }

    boolean refuses(Lineage lineage) {
      return register.contains(lineage, List.of());
    }
  }

  @Test
  void aSessionThatIsRevokedOnOneNodeIsRevokedOnAll() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      Node other = Node.join(fleet, "b");
      Lineage lineage = new Lineage(one.fleet().clock().millis(), 7);
      one.register().revokeSession(lineage);
      Await.until("the other one knows", () -> other.refuses(lineage));
      assertFalse(other.refuses(new Lineage(lineage.authenticatedAtMillis(), 8)));
    }
  }

  @Test
  void certificatesAndTimesSpreadAsWell() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      Node other = Node.join(fleet, "b");
      Opaque certificate = Opaque.takeOver(new byte[] {1, 2, 3});
      Lineage lineage = new Lineage(one.fleet().clock().millis(), 7);
      other.register().revokeCertificate(sha256(certificate));
      Await.until(
          "the certificate is revoked",
          () -> one.register().contains(lineage, List.of(certificate)));
      one.register().revokeBefore(Instant.ofEpochMilli(lineage.authenticatedAtMillis() + 1));
      Await.until("all of before is revoked", () -> other.refuses(lineage));
    }
  }

  @Test
  void nearCopiesDieWithARevocationOnWhateverNodeItIsMade() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      Node other = Node.join(fleet, "b");
      TestFleet.awaitAgreement(one.fleet(), other.fleet());
      for (Node revoker : List.of(one, other)) {
        assertTrue(TestSessions.put(one.fleet(), 1, new SecureRandom()));
        fleet.redis.ask(
            "EVAL",
            "for _, key in ipairs(redis.call('KEYS', 'reprise:s:*')) do redis.call('DEL', key) end"
                + " return 1",
            0);
        assertTrue(TestSessions.finds(one.fleet(), 1), "the near copy is all that is left");
        revoker.register().revokeSession(new Lineage(one.fleet().clock().millis(), 7));
        Await.until("the near copy is gone", () -> !TestSessions.finds(one.fleet(), 1));
      }
    }
  }

  @Test
  void theListOutlivesAllNodes() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      Lineage lineage = new Lineage(one.fleet().clock().millis(), 7);
      one.register().revokeSession(lineage);
      Await.until(
          "it is in Redis", () -> fleet.redis.askNumber("ZCARD", "{reprise}:revocations") == 1);
      one.fleet().close();
      Node next = Node.join(fleet, "b");
      Await.until("the next one knows", () -> next.refuses(lineage));
    }
  }

  @Test
  void aRedisThatHasLostTheListIsToldAgain() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      Lineage lineage = new Lineage(one.fleet().clock().millis(), 7);
      one.register().revokeSession(lineage);
      Await.until(
          "it is in Redis", () -> fleet.redis.askNumber("ZCARD", "{reprise}:revocations") == 1);
      fleet.redis.ask("FLUSHALL");
      Node other = Node.join(fleet, "b");
      Await.until("the other one knows", () -> other.refuses(lineage));
    }
  }

  @Test
  void whatWasRevokedWhileRedisWasAwayIsSentLater() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      Node other = Node.join(fleet, "b");
      Await.until("the list is read", () -> one.revoked().isCurrent());
      fleet.redis.kill();
      Lineage lineage = new Lineage(one.fleet().clock().millis(), 7);
      one.register().revokeSession(lineage);
      fleet.redis.startAgain();
      Await.until("the other one knows", () -> other.refuses(lineage));
    }
  }

  @Test
  void aListThatWasNotReadForAPeriodIsNotCurrent() {
    try (TestFleet fleet = new TestFleet(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
      fleet.redis.stop();
      Node node = Node.join(fleet, "a");
      assertFalse(node.revoked().isCurrent(), "never read");
      fleet.redis.startAgain();
      Await.until("it is read", () -> node.revoked().isCurrent());
      fleet.redis.pause();
      Await.until("a period is over", () -> !node.revoked().isCurrent());
      fleet.redis.resume();
      Await.until("it is read again", () -> node.revoked().isCurrent());
    }
  }

  @Test
  void nobodyWithoutTheFleetKeyRevokesAnything() {
    try (TestFleet fleet = new TestFleet(LONG, LONG)) {
      Node one = Node.join(fleet, "a");
      fleet.redis.ask("ZADD", "{reprise}:revocations", "1", "x".repeat(82));
      fleet.redis.ask("SET", "{reprise}:revocation-count", "1");
      Lineage lineage = new Lineage(one.fleet().clock().millis(), 7);
      one.register().revokeSession(lineage);
      Node other = Node.join(fleet, "b");
      Await.until("what is authentic is known", () -> other.refuses(lineage));
      assertTrue(other.register().size() == 1);
    }
  }

  @Test
  void aNodeOfAnotherFleetKeyDoesNotTakeTheListForReadAndWritesNothingThere() {
    try (TestFleet fleet = new TestFleet(LONG, LONG);
        TestFleet rivals = fleet.rival()) {
      Node one = Node.join(fleet, "a");
      one.register().revokeSession(new Lineage(one.fleet().clock().millis(), 7));
      Await.until(
          "it is in Redis", () -> fleet.redis.askNumber("ZCARD", "{reprise}:revocations") == 1);
      Node stranger = Node.join(rivals, "c");
      stranger.register().revokeSession(new Lineage(one.fleet().clock().millis(), 8));
      long polls = stranger.fleet().status().polls();
      Await.until("it polls", () -> stranger.fleet().status().polls() > polls + 1);
      assertTrue(stranger.fleet().status().stranger());
      assertFalse(stranger.revoked().isCurrent());
      assertEquals(1, fleet.redis.askNumber("ZCARD", "{reprise}:revocations"));
    }
  }

  private static Opaque sha256(Opaque bytes) {
    try {
      return Opaque.takeOver(
          java.security.MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
