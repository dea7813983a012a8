/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.SessionStoreCounts;
import dev.reprise.fleet.SessionStoreCounts.Breaker;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.redis.Detour;
import dev.reprise.testkit.redis.RealRedis;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Whatever happens to Redis costs resumptions, and no handshake more than the deadline. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class RedisFaultTest {
  private static final Lookup UNAVAILABLE = new Lookup.Unavailable();

  /** For a loaded machine; idle ones need a tenth of it. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final RealRedis redis = RealRedis.start();
  private final Detour detour = Detour.to(redis.port());
  private final Session session = Samples.session(ProtocolVersion.TLS13);
  private final Opaque id = Samples.id(1);

  @AfterEach
  void stop() {
    detour.close();
    redis.close();
  }

  @Test
  void anAnswerThatIsLateIsAMissAndNeverRead() {
    try (Node node = node(Node.DEADLINE)) {
      putThrough(node);
      SessionStoreCounts before = node.counts();
      // The answer would come after a minute: that the call ends before is its own doing.
      detour.delay(Duration.ofMinutes(1));
      assertEquals(UNAVAILABLE, node.get(id));
      assertEquals(UNAVAILABLE, node.take(id));
      assertFalse(node.put(Samples.id(2), session));
      assertFalse(Samples.join(node.shared.remove(id)));
      assertEquals(before.late() + 4, node.counts().late());
      assertEquals(before.hits(), node.counts().hits());
    }
  }

  @Test
  void aRedisThatIsSlowCostsTheDeadlineSeldom() {
    try (Node node = node(Node.DEADLINE)) {
      putThrough(node);
      detour.delay(Duration.ofMillis(200));
      assertBreakerOpens(node);
      detour.delay(Duration.ZERO);
      Await.until("sessions are back", SOON, () -> found(node.get(id)));
      Await.until("the breaker closes", SOON, () -> isClosedAfterACall(node));
    }
  }

  @Test
  void aRedisThatStandsStillCostsTheDeadlineSeldom() {
    try (Node node = node(Node.DEADLINE)) {
      putThrough(node);
      redis.pause();
      assertBreakerOpens(node);
      redis.resume();
      Await.until("sessions are back", SOON, () -> found(node.get(id)));
    }
  }

  private void assertBreakerOpens(Node node) {
    int asked = 0;
    while (node.counts().breaker() == Breaker.CLOSED) {
      assertEquals(UNAVAILABLE, node.get(id));
      assertTrue(++asked <= 20, "late answers do not open the breaker");
    }
    long late = node.counts().late();
    long rejected = node.counts().rejected();
    for (int i = 0; i < 200; i++) {
      node.get(id);
    }
    // Half a second is over now and then; two hundred deadlines would be 10 s.
    assertTrue(node.counts().rejected() - rejected > 150);
    assertTrue(node.counts().late() - late < 50);
  }

  @Test
  void whileThereIsNoConnectionCallsEndAtOnceAndAfterwardsSessionsAreBack() {
    try (Node node = node(Node.NO_HURRY)) {
      putThrough(node);
      redis.kill();
      Await.until("the link is down", () -> !node.link.isUp());
      long before = node.counts().unreachable();
      CompletableFuture<Lookup> call =
          node.shared.get(id, ProtocolVersion.TLS13, Samples.SCOPE).toCompletableFuture();
      assertTrue(call.isDone());
      assertEquals(UNAVAILABLE, call.join());
      assertEquals(before + 1, node.counts().unreachable());
      redis.startAgain();
      Await.until("sessions are back", SOON, () -> node.put(id, session));
      assertTrue(found(node.get(id)));
    }
  }

  @Test
  void aLoadThatGoesOnWhileRedisDiesAndComesBackFindsItAgain() throws Exception {
    try (Node node = node(Node.DEADLINE)) {
      putThrough(node);
      AtomicBoolean stop = new AtomicBoolean();
      Thread load =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; !stop.get(); i++) {
                  node.put(Samples.id(i), session);
                }
              });
      redis.kill();
      Await.until("the link is down", () -> !node.link.isUp());
      Await.until("the load has noticed", () -> node.counts().unreachable() > 0);
      redis.startAgain();
      Await.until("sessions are back", SOON, () -> node.put(id, session) && found(node.get(id)));
      stop.set(true);
      load.join();
    }
  }

  @Test
  void aRedisThatIsNotThereAtTheStartIsFoundLater() {
    redis.stop();
    String url = "redis://127.0.0.1:" + redis.port();
    try (Node node = Node.alone(Node.settings(url, "test", Node.NO_HURRY))) {
      assertFalse(node.put(id, session));
      assertEquals(UNAVAILABLE, node.get(id));
      redis.startAgain();
      Await.until(
          "sessions are there",
          SOON,
          () -> {
            node.link.seek();
            return node.put(id, session);
          });
      assertTrue(found(node.get(id)));
    }
  }

  @Test
  void aFullRedisTakesNoSessionsAndGivesThoseThatItHas() {
    try (Node node = node(Node.NO_HURRY)) {
      putThrough(node);
      redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
      redis.ask("CONFIG", "SET", "maxmemory", "1mb");
      for (int i = 2; i < 40; i++) {
        assertFalse(node.put(Samples.id(i), session));
      }
      assertEquals(38, node.counts().storeFull());
      assertEquals(Breaker.CLOSED, node.counts().breaker());
      assertTrue(found(node.get(id)));
      assertTrue(found(node.take(id)));
      redis.ask("CONFIG", "SET", "maxmemory", 0);
      assertTrue(node.put(id, session));
    }
  }

  @Test
  void aUserWhoMayNotIsRefusedAndHarmsNothingElse() {
    redis.ask("ACL", "SETUSER", "reader", "on", ">secret", "~*", "&*", "+@read", "+subscribe");
    String url = "redis://reader:secret@127.0.0.1:" + redis.port();
    try (Node writer = node(Node.NO_HURRY);
        Node reader = Node.of(Node.settings(url, "test", Node.NO_HURRY), Samples.stek(1))) {
      assertTrue(writer.put(id, session));
      for (int i = 0; i < 30; i++) {
        assertFalse(reader.put(Samples.id(2), session));
      }
      assertEquals(30, reader.counts().refused());
      assertTrue(found(reader.get(id)));
    }
  }

  private Node node(Duration deadline) {
    String url = "redis://127.0.0.1:" + detour.port();
    return Node.of(Node.settings(url, "test", deadline), Samples.stek(1));
  }

  /** Puts a session, however late the first answers are in a JVM that has just started. */
  private void putThrough(Node node) {
    Await.until("it is put", SOON, () -> node.put(id, session));
    // Late ones count for the breaker until as many others have followed.
    Await.until(
        "it is got 20 times in a row",
        SOON,
        () -> IntStream.range(0, 20).allMatch(_ -> found(node.get(id))));
  }

  private boolean isClosedAfterACall(Node node) {
    node.get(id);
    return node.counts().breaker() == Breaker.CLOSED;
  }

  private static boolean found(Lookup lookup) {
    return lookup instanceof Lookup.Found;
  }
}
