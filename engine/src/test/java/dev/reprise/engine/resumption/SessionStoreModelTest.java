/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long life of a store, step by step beside a map. */
class SessionStoreModelTest {
  // Fewer for ./mutate, whose survivors meet each of these lives.
  private static final int STEPS = Integer.getInteger("reprise.model.steps", 60_000);
  private static final int IDS = 2_000;

  private record Kept(Session session, long leavesAtMillis) {}

  private final FakeClock clock = FakeClock.create();
  private final Map<Opaque, Kept> model = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void saysWhatAMapWouldSay(long seed) {
    Random random = new Random(seed);
    // With one shard, with one, and with many.
    MemorySessionStore store = store(seed == 3 ? 32 << 20 : 3 << 20, seed);
    for (int step = 0; step < STEPS; step++) {
      Opaque id = Samples.bytes(random.nextInt(IDS), 1 + random.nextInt(2) * 31);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> put(store, id, random);
        case 3 -> assertEquals(forgotten(id) != null, now(store.remove(id)));
        case 4 -> check(forgotten(id), now(store.take(id, ProtocolVersion.TLS12, Samples.SCOPE)));
        case 5 -> clock.advance(Duration.ofMillis(random.nextInt(100)));
        default -> check(known(id), now(store.get(id, ProtocolVersion.TLS12, Samples.SCOPE)));
      }
    }
    assertEquals(0, store.evictions());
    clock.advance(Duration.ofDays(7));
    store.sweep();
    assertEquals(0, store.size());
    assertEquals(0, store.chains());
  }

  @ParameterizedTest
  @ValueSource(longs = {36 << 10, 200_000, 4 << 20, 6 << 20})
  void keepsItsBoundAndTellsNoLiesUnderAnyMixOfSizes(long maxBytes) {
    Random random = new Random(maxBytes);
    MemorySessionStore store = store(maxBytes, 5);
    int found = 0;
    for (int step = 0; step < STEPS; step++) {
      Opaque id = Samples.bytes(random.nextInt(IDS), 32);
      if (random.nextInt(3) > 0) {
        Session session = session(random, random.nextInt(40) == 0 ? random.nextInt(30_000) : 0);
        if (now(store.put(id, session, Duration.ofMinutes(5)))) {
          model.put(id, new Kept(session, 0));
        } else {
          model.remove(id);
        }
      } else if (now(store.get(id, ProtocolVersion.TLS12, Samples.SCOPE))
          instanceof Lookup.Found(Session session)) {
        assertTrue(Samples.same(Objects.requireNonNull(model.get(id)).session(), session));
        found++;
      }
      assertTrue(store.bytes() <= maxBytes);
    }
    assertTrue(found > STEPS / 600);
    store.close();
    assertEquals(0, store.size());
    assertEquals(0, store.chains());
  }

  private void put(MemorySessionStore store, Opaque id, Random random) {
    Session session = session(random, random.nextInt(5) == 0 ? random.nextInt(200) : 0);
    long lifetime = random.nextLong(1, 200_000);
    assertTrue(now(store.put(id, session, Duration.ofMillis(lifetime))));
    model.put(id, new Kept(session, clock.millis() + lifetime));
  }

  private @Nullable Session known(Opaque id) {
    Kept kept = model.get(id);
    return kept != null && clock.millis() < kept.leavesAtMillis() ? kept.session() : null;
  }

  private @Nullable Session forgotten(Opaque id) {
    Session known = known(id);
    model.remove(id);
    return known;
  }

  private static void check(@Nullable Session expected, Lookup lookup) {
    if (expected == null) {
      assertEquals(new Lookup.NotInStore(), lookup);
    } else {
      Lookup.Found found = assertInstanceOf(Lookup.Found.class, lookup);
      assertTrue(Samples.same(expected, found.session()));
    }
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Session session(Random random, int certificateLength) {
    byte[] secret = new byte[48];
    random.nextBytes(secret);
    return Samples.session(
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        secret,
        Samples.NOW,
        Samples.NOW,
        Samples.NOW + Samples.HOUR,
        "host%d.example".formatted(random.nextInt(500)),
        random.nextBoolean() ? "h2" : null,
        certificateLength == 0
            ? List.of()
            : List.of(Samples.bytes(certificateLength, certificateLength)));
  }

  private MemorySessionStore store(long maxBytes, long seed) {
    return new MemorySessionStore(maxBytes, clock, SeededRandom.of(seed));
  }
}
