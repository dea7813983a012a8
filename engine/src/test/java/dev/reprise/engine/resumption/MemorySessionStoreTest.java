/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.rules.Refuses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MemorySessionStoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeClock clock = FakeClock.create();
  private final MemorySessionStore store = store(1 << 20);
  private final Session session = Samples.session(ProtocolVersion.TLS12);
  private final Opaque id = Samples.bytes(-7, 32);

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
  void aSessionThatIsWipedAlreadyIsNotStoredAndDoesNoHarm() {
    put(store, id, HOUR);
    Session wiped = session.copy();
    wiped.close();
    assertFalse(now(store.put(Samples.bytes(2, 32), wiped, HOUR)));
    assertEquals(1, store.size());
    assertTrue(Samples.same(session, found(get(store, id))));
    assertFalse(now(store.put(id, wiped, HOUR)));
    assertEquals(new Lookup.NotInStore(), get(store, id));
    assertEquals(0, store.size());
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
    assertEquals(0, store.size());
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
    put(store, id, Duration.ofHours(2));
    assertEquals(1, store.size());
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
  void idsAreAsLongAsTlsAllows() {
    for (int length = 1; length <= 32; length++) {
      // All of them begin alike: that one is longer must count.
      assertTrue(put(store, Opaque.takeOver(new byte[length]), HOUR));
      assertEquals(length, store.size());
    }
    for (int length : new int[] {0, 33, 1000}) {
      Opaque wrong = Opaque.takeOver(new byte[length]);
      assertFalse(put(store, wrong, HOUR));
      assertEquals(new Lookup.NotInStore(), get(store, wrong));
      assertFalse(now(store.remove(wrong)));
    }
  }

  @Test
  void keepsEverythingThatASessionMayBe() {
    byte[] secret = Samples.bytes(9, 48).toArray();
    CipherSuite suite = CipherSuite.TLS_AES_256_GCM_SHA384;
    for (long age : new long[] {0, 1, -5_000, 1L << 33, (1L << 39) - 1, -(1L << 39)}) {
      Session kept =
          Samples.session(
              suite,
              secret,
              Samples.NOW,
              Samples.NOW - age,
              (1L << 48) - 1,
              null,
              null,
              List.of(Samples.bytes(1, 1), Samples.bytes(2, 5_000)));
      assertTrue(now(store.put(id, kept, HOUR)));
      assertTrue(
          Samples.same(kept, found(now(store.get(id, ProtocolVersion.TLS13, Samples.SCOPE)))));
    }
  }

  @Test
  void storesNoTimesThatItCannotHold() {
    for (long wrong : new long[] {-1, 1L << 48, Long.MAX_VALUE, Long.MIN_VALUE}) {
      put(store, id, HOUR);
      assertFalse(now(store.put(id, Samples.sessionWithTimes(wrong, wrong, 1), HOUR)));
      assertEquals(0, store.size());
      assertFalse(now(store.put(id, Samples.sessionWithTimes(1, 1, wrong), HOUR)));
    }
    assertFalse(now(store.put(id, Samples.sessionWithTimes(1L << 40, 1, 1), HOUR)));
  }

  @Test
  void neverTakesMoreBytesThanItWasGiven() {
    for (long maxBytes : new long[] {32 << 10, 100_000, 1 << 20, 5 << 20}) {
      MemorySessionStore bounded = store(maxBytes);
      long stored = 0;
      for (int i = 0; i < 60_000; i++) {
        stored += put(bounded, Samples.bytes(i, 32), HOUR) ? 1 : 0;
        assertTrue(bounded.bytes() <= maxBytes);
      }
      assertEquals(60_000, stored);
      assertEquals(stored, bounded.size() + bounded.evictions());
      if (maxBytes >= 1 << 20) {
        assertTrue(bounded.size() > maxBytes / 175, "only " + bounded.size());
      }
    }
  }

  @Test
  void aSessionLargerThanTheStoreIsNotStoredAndEvictsNothing() {
    MemorySessionStore small = store(64 << 10);
    put(small, id, HOUR);
    Session large = Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(1, 70_000)));
    assertFalse(now(small.put(Samples.bytes(2, 32), large, HOUR)));
    assertInstanceOf(Lookup.Found.class, get(small, id));
    assertEquals(0, small.evictions());
  }

  @Test
  void aLargeSessionTakesThePlaceOfManySmallOnes() {
    MemorySessionStore small = store(64 << 10);
    for (int i = 0; small.evictions() == 0; i++) {
      put(small, Samples.bytes(i, 32), HOUR);
    }
    Session large = Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(1, 16_000)));
    assertTrue(now(small.put(id, large, HOUR)));
    assertTrue(Samples.same(large, found(get(small, id))));
    assertTrue(small.evictions() > 100);
    now(small.remove(id));
    int before = small.size();
    for (int i = 0; i < 150; i++) {
      put(small, Samples.bytes(-i, 32), HOUR);
    }
    assertTrue(small.size() > before + 100, "its memory is used again");
  }

  @Test
  void evictsExpiredSessionsFirstAndThenTheOldest() {
    MemorySessionStore small = store(40 << 10);
    int room = 0;
    while (small.evictions() == 0) {
      // Every second one lives for a minute only.
      put(small, Samples.bytes(room, 32), room % 2 == 0 ? HOUR : Duration.ofMinutes(1));
      room++;
    }
    assertEquals(new Lookup.NotInStore(), get(small, Samples.bytes(0, 32)));
    assertInstanceOf(Lookup.Found.class, get(small, Samples.bytes(1, 32)));
    clock.advance(Duration.ofMinutes(1));
    put(small, Samples.bytes(-1, 32), HOUR);
    assertEquals(1, small.evictions());
    for (int i = 1; i < room; i++) {
      boolean lives = i % 2 == 0;
      assertEquals(lives, get(small, Samples.bytes(i, 32)) instanceof Lookup.Found);
    }
  }

  @Test
  void evictsInTheOrderOfThePuts() {
    MemorySessionStore small = store(40 << 10);
    int put = 0;
    while (small.evictions() < 200) {
      // The younger, the sooner it expires: only its age may count.
      put(small, Samples.bytes(put, 32), Duration.ofDays(2).minusSeconds(put));
      put++;
      assertInstanceOf(Lookup.Found.class, get(small, Samples.bytes(small.evictions(), 32)));
      if (small.evictions() > 0) {
        Opaque gone = Samples.bytes(small.evictions() - 1, 32);
        assertEquals(new Lookup.NotInStore(), get(small, gone));
      }
    }
  }

  @Test
  void eachOperationSweepsSomeOfTheExpired() {
    for (int i = 0; i < 100; i++) {
      put(store, Samples.bytes(i, 32), Duration.ofMinutes(1));
    }
    clock.advance(Duration.ofMinutes(1));
    get(store, id);
    assertEquals(96, store.size());
    put(store, id, HOUR);
    assertEquals(93, store.size());
    store.sweep();
    assertEquals(1, store.size());
  }

  @Test
  void keepsAChainOnceAndForAsLongAsASessionHasIt() {
    MemorySessionStore large = store(8 << 20);
    List<Opaque> chain = List.of(Samples.bytes(1, 1500), Samples.bytes(2, 900));
    Session first = Samples.session(ProtocolVersion.TLS12, null, chain);
    for (int i = 0; i < 20_000; i++) {
      assertTrue(now(large.put(Samples.bytes(i, 32), first, HOUR)));
    }
    assertEquals(1, large.chains());
    assertEquals(0, large.evictions());
    assertEquals(chain, found(get(large, Samples.bytes(7, 32))).peerCertificates());
    Session other = Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(3, 100)));
    now(large.put(id, other, HOUR));
    assertEquals(2, large.chains());
    for (int i = 0; i < 20_000; i++) {
      take(large, Samples.bytes(i, 32));
    }
    assertEquals(1, large.chains());
    now(large.remove(id));
    assertEquals(0, large.chains());
  }

  @Test
  void isEmptyAfterAllAreRemovedAndTakesMore() {
    for (int i = 0; i < 1_000; i++) {
      put(store, Samples.bytes(i, 32), HOUR);
    }
    store.removeAll();
    assertEquals(0, store.size());
    assertTrue(put(store, id, HOUR));
    assertInstanceOf(Lookup.Found.class, get(store, id));
  }

  @Test
  void takesNothingAfterClosing() {
    put(store, id, HOUR);
    store.close();
    assertEquals(0, store.size());
    assertFalse(put(store, id, HOUR));
    assertEquals(new Lookup.NotInStore(), get(store, id));
  }

  @Test
  @Refuses("A5")
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
  void theSmallestStoreHoldsSessionsAndASmallerOneIsRefused() {
    MemorySessionStore smallest = store(MemorySessionStore.SMALLEST_BYTES);
    Session certified =
        Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(1, 1500)));
    for (int i = 0; i < 1_000; i++) {
      Session put = i % 2 == 0 ? session : certified;
      assertTrue(now(smallest.put(Samples.bytes(i, 32), put, HOUR)));
      assertTrue(Samples.same(put, found(get(smallest, Samples.bytes(i, 32)))));
    }
    assertTrue(smallest.size() >= 25, "only " + smallest.size());
    for (long wrong : new long[] {-1, 0, MemorySessionStore.SMALLEST_BYTES - 1, Long.MAX_VALUE}) {
      Exception refusal = assertThrows(IllegalArgumentException.class, () -> store(wrong));
      assertTrue(String.valueOf(refusal.getMessage()).contains(wrong + " bytes"));
    }
  }

  private MemorySessionStore store(long maxBytes) {
    return new MemorySessionStore(maxBytes, clock, SeededRandom.of(1));
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
