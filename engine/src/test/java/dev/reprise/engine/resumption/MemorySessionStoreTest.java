/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemorySessionStoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeClock clock = FakeClock.create();
  private final MemorySessionStore store = new MemorySessionStore(4 << 20, clock);
  private final Session session = Samples.session(ProtocolVersion.TLS12);
  private final Opaque id = Samples.bytes(1, 32);

  @Test
  void givesWhatWasPutAsOftenAsItIsAsked() {
    assertTrue(put(store, id, HOUR));
    for (int i = 0; i < 3; i++) {
      assertTrue(Samples.same(session, found(get(store, id))));
    }
    assertEquals(new Lookup.NotInStore(), get(store, Samples.bytes(2, 32)));
  }

  @Test
  void keepsACopy() {
    put(store, id, HOUR);
    Session expected = session.copy();
    session.close();
    found(get(store, id)).close();
    assertTrue(Samples.same(expected, found(get(store, id))));
  }

  @Test
  void keepsNothingOfAnIdThatIsAWindow() {
    byte[] message = Samples.bytes(3, 100).toArray();
    Opaque window = Opaque.takeOver(message, 10, 32);
    Opaque same = Opaque.copyOf(window.toArray());
    put(store, window, HOUR);
    java.util.Arrays.fill(message, (byte) 0);
    assertInstanceOf(Lookup.Found.class, get(store, same));
  }

  @Test
  void aTakenSessionIsGone() {
    put(store, id, HOUR);
    assertTrue(Samples.same(session, found(take(store, id))));
    assertEquals(new Lookup.NotInStore(), take(store, id));
    assertEquals(new Lookup.NotInStore(), get(store, id));
    assertEquals(0, store.bytes());
  }

  @Test
  void givesASessionToItsOwnVersionAndScopeOnlyAndKeepsItForThem() {
    put(store, id, HOUR);
    Lookup otherVersion = new Lookup.Mismatched(MissReason.VERSION_MISMATCH);
    Lookup otherScope = new Lookup.Mismatched(MissReason.SCOPE_MISMATCH);
    assertEquals(otherVersion, now(store.get(id, ProtocolVersion.TLS13, Samples.SCOPE)));
    assertEquals(otherVersion, now(store.take(id, ProtocolVersion.TLS13, Samples.SCOPE)));
    assertEquals(otherScope, now(store.get(id, ProtocolVersion.TLS12, Samples.OTHER_SCOPE)));
    assertEquals(otherScope, now(store.take(id, ProtocolVersion.TLS12, Samples.OTHER_SCOPE)));
    assertInstanceOf(Lookup.Found.class, take(store, id));
  }

  @Test
  void aRemovedSessionIsGone() {
    put(store, id, HOUR);
    assertTrue(now(store.remove(id)));
    assertFalse(now(store.remove(id)));
    assertEquals(new Lookup.NotInStore(), get(store, id));
  }

  @Test
  void aSecondPutReplacesTheFirst() {
    put(store, id, HOUR);
    long bytes = store.bytes();
    put(store, id, Duration.ofHours(2));
    assertEquals(bytes, store.bytes());
    clock.advance(HOUR);
    assertInstanceOf(Lookup.Found.class, get(store, id));
  }

  @Test
  void expiresToTheMillisecond() {
    put(store, id, HOUR);
    clock.advance(HOUR.minusMillis(1));
    assertInstanceOf(Lookup.Found.class, get(store, id));
    clock.advance(Duration.ofMillis(1));
    assertEquals(new Lookup.NotInStore(), get(store, id));
    assertEquals(0, store.size());
    put(store, id, HOUR);
    clock.advance(HOUR);
    assertFalse(now(store.remove(id)));
    assertEquals(new Lookup.NotInStore(), take(store, id));
  }

  @Test
  void storesNothingForNoTimeAndNothingForEver() {
    put(store, id, HOUR);
    assertFalse(put(store, id, Duration.ZERO));
    assertEquals(new Lookup.NotInStore(), get(store, id));
    assertFalse(put(store, id, Duration.ofSeconds(-1)));
    assertTrue(put(store, id, Duration.ofSeconds(Long.MAX_VALUE)));
    clock.advance(Duration.ofDays(7));
    assertEquals(new Lookup.NotInStore(), get(store, id));
  }

  @Test
  void everythingThatGoesIsErased() {
    byte[] removed = encoded(HOUR);
    store.remove(id);
    assertArrayEquals(new byte[removed.length], removed);
    byte[] taken = encoded(HOUR);
    take(store, id);
    assertArrayEquals(new byte[taken.length], taken);
    byte[] replaced = encoded(HOUR);
    put(store, id, HOUR);
    assertArrayEquals(new byte[replaced.length], replaced);
    byte[] expired = encoded(HOUR);
    clock.advance(HOUR);
    store.sweep();
    assertArrayEquals(new byte[expired.length], expired);
    byte[] closed = encoded(HOUR);
    store.close();
    assertArrayEquals(new byte[closed.length], closed);
    assertEquals(0, store.bytes());
  }

  @Test
  void whatIsEvictedIsErased() {
    MemorySessionStore small = new MemorySessionStore(1000, clock);
    put(small, id, HOUR);
    byte[] evicted = Objects.requireNonNull(small.encodedFor(id));
    assertFalse(java.util.Arrays.equals(new byte[evicted.length], evicted));
    for (int i = 2; i < 9; i++) {
      put(small, Samples.bytes(i, 32), HOUR);
    }
    assertArrayEquals(new byte[evicted.length], evicted);
  }

  private byte[] encoded(Duration lifetime) {
    put(store, id, lifetime);
    byte[] encoded = Objects.requireNonNull(store.encodedFor(id));
    assertFalse(java.util.Arrays.equals(new byte[encoded.length], encoded));
    return encoded;
  }

  @Test
  void neverTakesMoreBytesThanItWasGiven() {
    put(store, id, HOUR);
    long one = store.bytes();
    for (long maxBytes : new long[] {0, one - 1, one, 2 * one - 1, 5000, 1 << 20, 3 << 20}) {
      MemorySessionStore bounded = new MemorySessionStore(maxBytes, clock);
      long stored = 0;
      for (int i = 0; i < 12_000; i++) {
        stored += put(bounded, Samples.bytes(i, 32), HOUR) ? 1 : 0;
        assertTrue(bounded.bytes() <= maxBytes);
      }
      assertEquals(maxBytes < one ? 0 : 12_000, stored);
      assertEquals(stored, bounded.size() + bounded.evictions());
      assertEquals(bounded.size() * one, bounded.bytes());
      assertTrue(bounded.bytes() > maxBytes * 99 / 100 - one);
    }
  }

  @Test
  void aSessionLargerThanTheStoreIsNotStoredAndEvictsNothing() {
    MemorySessionStore small = new MemorySessionStore(5000, clock);
    put(small, id, HOUR);
    Session large = Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(1, 6000)));
    assertFalse(now(small.put(Samples.bytes(2, 32), large, HOUR)));
    assertInstanceOf(Lookup.Found.class, get(small, id));
    assertEquals(0, small.evictions());
  }

  @Test
  void evictsExpiredSessionsFirstAndThenTheOldest() {
    MemorySessionStore small = new MemorySessionStore(4000, clock);
    int room = 0;
    while (small.evictions() == 0) {
      // Every second one lives for a minute only.
      put(small, Samples.bytes(room, 32), room % 2 == 0 ? HOUR : Duration.ofMinutes(1));
      room++;
    }
    assertEquals(new Lookup.NotInStore(), get(small, Samples.bytes(0, 32)));
    assertInstanceOf(Lookup.Found.class, get(small, Samples.bytes(1, 32)));
    clock.advance(Duration.ofMinutes(1));
    put(small, Samples.bytes(100, 32), HOUR);
    assertEquals(1, small.evictions());
    for (int i = 1; i < room; i++) {
      boolean lives = i % 2 == 0;
      assertEquals(lives, get(small, Samples.bytes(i, 32)) instanceof Lookup.Found);
    }
  }

  @Test
  void aGetDoesNotMakeASessionYounger() {
    MemorySessionStore small = new MemorySessionStore(2000, clock);
    put(small, id, HOUR);
    for (int i = 2; small.evictions() == 0; i++) {
      assertInstanceOf(Lookup.Found.class, get(small, id));
      put(small, Samples.bytes(i, 32), HOUR);
    }
    assertEquals(new Lookup.NotInStore(), get(small, id));
  }

  @Test
  void exactlyOneOfManyTakesWins() throws Exception {
    try (var threads = Executors.newFixedThreadPool(64)) {
      for (int round = 0; round < 50; round++) {
        put(store, id, HOUR);
        CountDownLatch start = new CountDownLatch(64);
        Callable<Boolean> take =
            () -> {
              start.countDown();
              start.await();
              return take(store, id) instanceof Lookup.Found found
                  && Samples.same(session, found.session());
            };
        long won = 0;
        for (Future<Boolean> taken :
            threads.invokeAll(IntStream.range(0, 64).mapToObj(_ -> take).toList())) {
          won += taken.get() ? 1 : 0;
        }
        assertEquals(1, won);
      }
    }
  }

  @Test
  void readersNeverSeeAHalfErasedSession() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> read =
        () -> {
          int seen = 0;
          while (!done.get()) {
            Lookup lookup = get(store, id);
            if (lookup instanceof Lookup.Found found) {
              assertTrue(Samples.same(session, found.session()));
              seen++;
            } else {
              assertEquals(new Lookup.NotInStore(), lookup);
            }
          }
          return seen;
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> readers =
          IntStream.range(0, 4).mapToObj(_ -> threads.submit(read)).toList();
      for (int i = 0; i < 5_000; i++) {
        put(store, id, HOUR);
        assertInstanceOf(Lookup.Found.class, take(store, id));
      }
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertNotNull(reader.get());
      }
    }
  }

  @Test
  void aMillionMadeUpIdsFindNothingAndCostNothing() {
    put(store, id, HOUR);
    long bytes = store.bytes();
    byte[] madeUp = new byte[32];
    for (int i = 0; i < 1_000_000; i++) {
      madeUp[i % 32] += (byte) (i | 1);
      assertInstanceOf(Lookup.NotInStore.class, get(store, Opaque.takeOver(madeUp)));
    }
    assertEquals(bytes, store.bytes());
  }

  @Test
  void refusesANegativeSize() {
    assertThrows(IllegalArgumentException.class, () -> new MemorySessionStore(-1, clock));
  }

  private boolean put(MemorySessionStore into, Opaque at, Duration lifetime) {
    return now(into.put(at, session, lifetime));
  }

  private static Lookup get(MemorySessionStore from, Opaque at) {
    return now(from.get(at, ProtocolVersion.TLS12, Samples.SCOPE));
  }

  private static Lookup take(MemorySessionStore from, Opaque at) {
    return now(from.take(at, ProtocolVersion.TLS12, Samples.SCOPE));
  }

  private static Session found(Lookup lookup) {
    return assertInstanceOf(Lookup.Found.class, lookup).session();
  }

  /** The value of a stage that must be complete already. */
  private static <T> T now(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    assertTrue(future.isDone());
    return future.join();
  }
}
