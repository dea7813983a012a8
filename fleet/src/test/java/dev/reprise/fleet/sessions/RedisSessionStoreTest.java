/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.SessionStoreCounts;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.redis.Detour;
import dev.reprise.testkit.redis.RealRedis;
import dev.reprise.testkit.redis.RedisConversation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What every session store holds to, by a real Redis that all tests of the class share. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSessionStoreTest {
  private static final Lookup NOTHING = new Lookup.NotInStore();
  private static final Lookup UNAVAILABLE = new Lookup.Unavailable();

  private final AtomicInteger ids = new AtomicInteger(1_000);
  private final Session session = Samples.session(ProtocolVersion.TLS13);
  private final RealRedis redis = RealRedis.start();
  private final Node node = Node.at(redis.url());
  private final Node other = Node.at(redis.url());

  @AfterAll
  void stop() {
    node.close();
    other.close();
    redis.close();
  }

  @Test
  void whatOneNodePutsAllNodesGetAsOftenAsTheyAsk() {
    Opaque id = nextId();
    assertTrue(node.put(id, session));
    for (Node each : List.of(node, other, node)) {
      Samples.assertSame(session, found(each.get(id)));
    }
    assertEquals(NOTHING, node.get(nextId()));
  }

  @Test
  void keepsACopy() {
    Opaque id = nextId();
    Session given = session.copy();
    node.put(id, given);
    given.close();
    found(node.get(id)).close();
    Samples.assertSame(session, found(node.get(id)));
    assertFalse(node.put(nextId(), given));
  }

  @Test
  void aTakenSessionIsGoneForAllNodes() {
    Opaque id = nextId();
    node.put(id, session);
    Samples.assertSame(session, found(other.take(id)));
    assertEquals(NOTHING, node.take(id));
    assertEquals(NOTHING, node.get(id));
  }

  @Test
  void ofAllThatTakeOneWins() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int round = 0; round < 20; round++) {
        Opaque id = nextId();
        node.put(id, session);
        CountDownLatch ready = new CountDownLatch(64);
        List<Future<Lookup>> takes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          Node taker = i % 2 == 0 ? node : other;
          takes.add(
              threads.submit(() -> {
                ready.countDown();
                ready.await();
                return taker.take(id);
              }));
        }
        int winners = 0;
        for (Future<Lookup> take : takes) {
          if (take.get() instanceof Lookup.Found(Session won)) {
            winners++;
            Samples.assertSame(session, won);
          } else {
            assertEquals(NOTHING, take.get());
          }
        }
        assertEquals(1, winners);
      }
    }
  }

  @Test
  void givesASessionToItsOwnVersionAndScopeOnlyAndKeepsItForThem() {
    Opaque id = nextId();
    node.put(id, session);
    long ttl = redis.askNumber("PTTL", node.key(id));
    Lookup otherVersion = new Lookup.Mismatched(MissReason.VERSION_MISMATCH);
    Lookup otherScope = new Lookup.Mismatched(MissReason.SCOPE_MISMATCH);
    ProtocolVersion tls12 = ProtocolVersion.TLS12;
    ProtocolVersion tls13 = ProtocolVersion.TLS13;
    assertEquals(otherVersion, Samples.join(node.shared.get(id, tls12, Samples.SCOPE)));
    assertEquals(otherVersion, Samples.join(node.shared.take(id, tls12, Samples.SCOPE)));
    assertEquals(otherScope, Samples.join(node.shared.get(id, tls13, Samples.OTHER_SCOPE)));
    assertEquals(otherScope, Samples.join(node.shared.take(id, tls13, Samples.OTHER_SCOPE)));
    assertInstanceOf(Lookup.Found.class, node.get(id));
    // Put back for as long as the session lives, which is longer here than it was stored for.
    long after = redis.askNumber("PTTL", node.key(id));
    assertTrue(after > ttl && after <= Duration.ofHours(6).toMillis(), ttl + " " + after);
    assertInstanceOf(Lookup.Found.class, node.take(id));
  }

  @Test
  void aRemovedSessionIsGone() {
    Opaque id = nextId();
    node.put(id, session);
    assertTrue(Samples.join(other.shared.remove(id)));
    assertFalse(Samples.join(other.shared.remove(id)));
    assertEquals(NOTHING, node.get(id));
  }

  @Test
  void aSecondPutReplacesTheFirst() {
    Opaque id = nextId();
    node.put(id, session);
    Session second = Samples.session(ProtocolVersion.TLS13, "second.example", List.of());
    node.put(id, second);
    Samples.assertSame(second, found(node.get(id)));
  }

  @Test
  void storesNothingForNoTimeAndNothingForEver() {
    Opaque id = nextId();
    node.put(id, session);
    assertFalse(put(id, Duration.ZERO));
    assertEquals(NOTHING, node.get(id));
    node.put(id, session);
    assertFalse(put(id, Duration.ofSeconds(-1)));
    assertEquals(NOTHING, node.get(id));
    assertTrue(put(id, Duration.ofSeconds(Long.MAX_VALUE)));
    assertTrue(redis.askNumber("PTTL", node.key(id)) > 0);
  }

  @Test
  void redisEndsASessionWithItsLifetimeAndAtTheLatestWithItsKey() {
    Opaque id = nextId();
    assertTrue(put(id, Duration.ofMinutes(10)));
    assertBetween(Duration.ofMinutes(9), Duration.ofMinutes(10), id);
    // The key opens for 12 h.
    assertTrue(put(id, Duration.ofHours(24)));
    assertBetween(Duration.ofMinutes(719), Duration.ofHours(12), id);
    assertTrue(put(id, Duration.ofMillis(30)));
    Await.until("Redis has ended it", () -> node.get(id).equals(NOTHING));
    assertEquals(0, redis.askNumber("EXISTS", node.key(id)));
  }

  @Test
  void opensNothingOnceTheKeyHasEndedAndSealsNothingWithoutOne() {
    try (Node late = Node.at(redis.url())) {
      Opaque id = nextId();
      late.put(id, session);
      late.clock.advance(Duration.ofHours(6));
      assertFalse(late.put(nextId(), session));
      assertEquals(1, late.counts().notSealed());
      assertInstanceOf(Lookup.Found.class, late.get(id));
      late.clock.advance(Duration.ofHours(6));
      assertEquals(NOTHING, late.get(id));
    }
  }

  @Test
  void idsAreAsLongAsTlsAllows() {
    for (int length = 1; length <= 32; length++) {
      Opaque id = Samples.bytes(ids.incrementAndGet(), length);
      assertTrue(node.put(id, session));
      Samples.assertSame(session, found(node.take(id)));
    }
    long calls = node.counts().calls();
    for (int length : new int[] {0, 33, 1000}) {
      Opaque wrong = Opaque.takeOver(new byte[length]);
      assertFalse(node.put(wrong, session));
      assertEquals(NOTHING, node.get(wrong));
      assertEquals(NOTHING, node.take(wrong));
      assertFalse(Samples.join(node.shared.remove(wrong)));
    }
    assertTrue(calls <= node.counts().calls());
  }

  @Test
  void keepsLongChainsAndRefusesTooLongOnes() {
    Opaque id = nextId();
    List<Opaque> chain = List.of(Samples.bytes(1, 9_000), Samples.bytes(2, 40_000));
    Session certified = Samples.session(ProtocolVersion.TLS13, "chain.example", chain);
    assertTrue(node.put(id, certified));
    Samples.assertSame(certified, found(other.get(id)));
    List<Opaque> tooLong = List.of(Samples.bytes(1, 70_000));
    assertFalse(node.put(id, Samples.session(ProtocolVersion.TLS13, "chain.example", tooLong)));
  }

  @Test
  void showsNeitherIdNorSecretNorName() throws Exception {
    Opaque id = nextId();
    try (Detour detour = Detour.to(redis.port());
        Node seen = Node.at("redis://127.0.0.1:" + detour.port())) {
      detour.record();
      seen.put(id, session);
      seen.get(id);
      seen.take(id);
      String traffic = latin1(detour.recording());
      assertTrue(traffic.contains("GETDEL"));
      for (Opaque hidden : List.of(id, Opaque.copyOf(session.secret().reveal()))) {
        for (int at = 0; at + 8 <= hidden.length(); at++) {
          byte[] part = hidden.slice(at, 8).toArray();
          assertFalse(traffic.contains(latin1(part)));
        }
      }
      assertFalse(traffic.contains("example"));
    }
  }

  @Test
  void sessionsThatAreSwappedOpenNowhere() {
    try (Node asking = Node.at(redis.url())) {
      Opaque first = nextId();
      Opaque second = nextId();
      asking.put(first, session);
      asking.put(second, session);
      byte[] record = redis.askBytes("GET", asking.key(first));
      redis.ask("SET", asking.key(first), redis.askBytes("GET", asking.key(second)));
      redis.ask("SET", asking.key(second), record);
      assertEquals(UNAVAILABLE, asking.get(first));
      assertEquals(UNAVAILABLE, asking.take(second));
      assertEquals(2, asking.counts().notAuthentic());
    }
  }

  @Test
  void aRecordThatIsChangedOrCutOffOpensNowhere() throws Exception {
    try (Node asking = Node.at(redis.url());
        RedisConversation writer = redis.converse()) {
      Opaque id = nextId();
      asking.put(id, session);
      byte[] record = redis.askBytes("GET", asking.key(id));
      assertEquals(0, (record.length - 56) % 32);
      for (int bit = 0; bit < 8 * record.length; bit++) {
        byte[] changed = record.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        writer.say("SET", asking.key(id), changed);
        // Of another key there is nothing; of this key there is something that is not authentic.
        assertEquals(bit < 128 ? NOTHING : UNAVAILABLE, asking.get(id));
      }
      for (int length = 0; length < record.length; length++) {
        writer.say("SET", asking.key(id), Arrays.copyOf(record, length));
        assertEquals(UNAVAILABLE, asking.get(id));
      }
      SessionStoreCounts counts = asking.counts();
      assertEquals(0, counts.hits());
      assertEquals(128, counts.unknownKey());
      assertEquals(8L * record.length - 128 + record.length, counts.notAuthentic());
    }
  }

  @Test
  void takesNothingOfGarbageOfOtherFleetsOrOfOtherFormats() throws Exception {
    FleetSettings foreign = Node.settings(redis.url(), "foreign", Node.NO_HURRY);
    try (Node asking = Node.at(redis.url());
        Node foreigner = Node.of(foreign, Samples.stek(2));
        Node otherwiseNamed = Node.of(foreign, Samples.stek(1))) {
      Opaque id = nextId();
      byte[] key = asking.key(id);
      for (Object garbage : List.of("", "x", new byte[16], new byte[100_000], "{\"json\":1}")) {
        redis.ask("SET", key, garbage);
        notFound(asking.get(id));
      }
      foreigner.put(id, session);
      assertEquals(NOTHING, asking.get(nextId()));
      redis.ask("SET", key, redis.askBytes("GET", foreigner.key(id)));
      assertEquals(NOTHING, asking.get(id));
      // The same keys, but another fleet's place.
      otherwiseNamed.put(id, session);
      redis.ask("SET", key, redis.askBytes("GET", otherwiseNamed.key(id)));
      assertEquals(UNAVAILABLE, asking.get(id));
      redis.ask("DEL", key);
      redis.ask("RPUSH", key, "a list");
      assertEquals(UNAVAILABLE, asking.get(id));
      assertEquals(UNAVAILABLE, asking.take(id));
      assertTrue(asking.put(id, session));
      Samples.assertSame(session, found(asking.get(id)));
      assertEquals(SessionStoreCounts.Breaker.CLOSED, asking.counts().breaker());
    }
  }

  @Test
  void aTakeWhoseAnswerWasLostIsAMiss() {
    try (Detour detour = Detour.to(redis.port());
        Node cut = Node.at("redis://127.0.0.1:" + detour.port())) {
      Opaque id = nextId();
      node.put(id, session);
      String record = latin1(redis.askBytes("GET", node.key(id)));
      // Redis carries it out, and its answer is held up until the connection ends.
      detour.record();
      detour.delay(Duration.ofSeconds(60));
      CompletionStage<Lookup> take = cut.shared.take(id, ProtocolVersion.TLS13, Samples.SCOPE);
      Await.until("its answer is held up", () -> latin1(detour.recording()).contains(record));
      detour.delay(Duration.ZERO);
      detour.cut();
      notFound(Samples.join(take));
      Await.until("the link is up", cut.link::isUp);
      assertEquals(NOTHING, other.take(id));
      assertTrue(cut.put(id, session));
    }
  }

  private boolean put(Opaque id, Duration lifetime) {
    return Samples.join(node.shared.put(id, session, lifetime));
  }

  private void assertBetween(Duration least, Duration most, Opaque id) {
    long ttl = redis.askNumber("PTTL", node.key(id));
    assertTrue(least.toMillis() < ttl && ttl <= most.toMillis(), "ends in " + ttl + " ms");
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private Opaque nextId() {
    return Samples.id(ids.incrementAndGet());
  }

  private static Session found(Lookup lookup) {
    return assertInstanceOf(Lookup.Found.class, lookup).session();
  }

  private static void notFound(Lookup lookup) {
    assertFalse(lookup instanceof Lookup.Found);
  }
}
