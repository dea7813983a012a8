/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryClientSessionStoreTest {
  private static final ClientSessionKey KEY = new ClientSessionKey("a.example", 443, "");

  private final FakeClock clock = FakeClock.create();
  private final MemoryClientSessionStore store = new MemoryClientSessionStore(clock);

  @Test
  @Refuses("E21")
  void aTls13SessionIsOfferedOnce() {
    ClientSession session = tls13(1);
    store.put(KEY, session);
    ClientSession taken = take();
    assertSame(session.session(), taken.session());
    assertFalse(taken.session().secret().isClosed());
    assertNull(store.take(KEY));
  }

  @Test
  void aTls12SessionStaysAndEveryTakerHasItsOwnCopy() {
    ClientSession session = tls12(1);
    store.put(KEY, session);
    ClientSession one = take();
    ClientSession two = take();
    assertTrue(Samples.same(one.session(), two.session()));
    one.session().close();
    assertFalse(two.session().secret().isClosed());
    store.removeAll(KEY);
    assertFalse(two.session().secret().isClosed());
    assertTrue(session.session().secret().isClosed());
  }

  @Test
  void theNewestIsOfferedFirst() {
    for (int i = 0; i < 3; i++) {
      store.put(KEY, tls13(i));
    }
    for (int i = 2; i >= 0; i--) {
      assertEquals(tls13(i).ticket(), take().ticket());
    }
  }

  @Test
  void keepsEightForOneKeyAndWipesTheOldest() {
    ClientSession oldest = tls13(0);
    store.put(KEY, oldest);
    for (int i = 1; i <= 8; i++) {
      assertFalse(oldest.session().secret().isClosed());
      store.put(KEY, tls13(i));
    }
    assertTrue(oldest.session().secret().isClosed());
    assertEquals(8, store.size());
  }

  @Test
  void keepsTheKeysThatWereUsedLast() {
    MemoryClientSessionStore two = new MemoryClientSessionStore(2, clock);
    ClientSession evicted = tls13(2);
    two.put(key("one"), tls12(1));
    two.put(key("two"), evicted);
    assertNotNull(two.take(key("one")));
    two.put(key("three"), tls13(3));
    assertTrue(evicted.session().secret().isClosed());
    assertNull(two.take(key("two")));
    assertNotNull(two.take(key("one")));
    assertNotNull(two.take(key("three")));
  }

  @Test
  void holdsOneThousandAndTwentyFourKeys() {
    for (int i = 0; i < 3000; i++) {
      store.put(key("host" + i), tls13(i));
    }
    assertEquals(1024, store.size());
  }

  @Test
  void aKeyWithoutSessionsTakesNoPlace() {
    MemoryClientSessionStore two = new MemoryClientSessionStore(2, clock);
    two.put(key("one"), tls13(1));
    for (int i = 0; i < 10; i++) {
      two.put(key("host" + i), tls13(i));
      assertNotNull(two.take(key("host" + i)));
    }
    assertNotNull(two.take(key("one")));
  }

  @Test
  void hostsPortsAndPartitionsHaveNothingInCommon() {
    store.put(KEY, tls12(1));
    assertNull(store.take(new ClientSessionKey("b.example", 443, "")));
    assertNull(store.take(new ClientSessionKey("a.example", 8443, "")));
    assertNull(store.take(new ClientSessionKey("a.example", 443, "other")));
    assertNotNull(store.take(new ClientSessionKey("A.EXAMPLE.", 443, "")));
  }

  @Test
  void offersNothingFromTheMomentItExpires() {
    ClientSession session = tls13(1);
    store.put(KEY, session);
    store.put(KEY, tls12(2));
    clock.advance(Duration.ofHours(6).minusSeconds(1));
    assertNotNull(store.take(KEY));
    clock.advance(Duration.ofSeconds(1));
    assertNull(store.take(KEY));
    assertTrue(session.session().secret().isClosed());
    assertEquals(0, store.size());
  }

  @Test
  void keepsNothingLongerThanADayWhateverTheServerAllows() {
    CipherSuite suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    long week = Samples.NOW + 7 * 24 * Samples.HOUR;
    Session long12 =
        Samples.session(
            suite,
            Samples.secretBytes(suite, 1),
            Samples.NOW,
            Samples.NOW,
            week,
            "a",
            null,
            List.of());
    store.put(KEY, new ClientSession(long12, Samples.bytes(1, 90), Opaque.EMPTY, Samples.NOW));
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertNotNull(store.take(KEY));
    clock.advance(Duration.ofSeconds(1));
    assertNull(store.take(KEY));
  }

  @Test
  void offersNothingThatCameInTheFuture() {
    store.put(KEY, tls12(1));
    clock.advance(Duration.ofSeconds(-5));
    assertNotNull(store.take(KEY));
    clock.advance(Duration.ofSeconds(-1));
    assertNull(store.take(KEY));
  }

  @Test
  void aNewTls12SessionReplacesTheOldOne() {
    ClientSession old = tls12(1);
    store.put(KEY, old);
    store.put(KEY, tls12(2));
    assertTrue(old.session().secret().isClosed());
    assertEquals(1, store.size());
    assertEquals(tls12(2).ticket(), take().ticket());
  }

  @Test
  void theSameSessionPutTwiceIsNotWiped() {
    ClientSession session = tls13(1);
    store.put(KEY, session);
    store.put(KEY, session);
    assertEquals(1, store.size());
    assertFalse(take().session().secret().isClosed());
  }

  @Test
  void removesTheOneThatLedToAnAlert() {
    store.put(KEY, tls13(1));
    store.put(KEY, tls13(2));
    store.remove(KEY, tls13(2));
    assertEquals(tls13(1).ticket(), take().ticket());
    store.put(KEY, tls12(3));
    ClientSession copy = take();
    store.remove(KEY, copy);
    assertNull(store.take(KEY));
    store.remove(KEY, copy);
    store.removeAll(KEY);
  }

  @Test
  void keepsNothingOfTheMessageThatATicketCameIn() {
    byte[] message = Samples.bytes(1, 4000).toArray();
    Opaque window = Opaque.takeOver(message, 100, 200);
    Session session = Samples.session(ProtocolVersion.TLS13);
    store.put(KEY, new ClientSession(session, window, Opaque.EMPTY, Samples.NOW));
    assertEquals(200, take().ticket().array().length);
  }

  @Test
  void wipesWhatIsPutOnceItIsClosed() {
    store.close();
    ClientSession late = tls13(1);
    store.put(KEY, late);
    assertTrue(late.session().secret().isClosed());
    assertNull(store.take(KEY));
  }

  @Test
  void closingWipesEverything() {
    ClientSession session = tls13(1);
    store.put(KEY, session);
    store.close();
    assertTrue(session.session().secret().isClosed());
    assertNull(store.take(KEY));
  }

  @Test
  void parallelTakersNeverShareATls13Ticket() throws Exception {
    for (int i = 0; i < 6; i++) {
      store.put(KEY, tls13(i));
    }
    Callable<Set<Opaque>> take =
        () -> {
          ClientSession taken = store.take(KEY);
          return taken == null ? Set.of() : Set.of(taken.ticket());
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<Opaque> tickets = new HashSet<>();
      int taken = 0;
      for (Future<Set<Opaque>> one :
          threads.invokeAll(IntStream.range(0, 64).mapToObj(_ -> take).toList())) {
        tickets.addAll(one.get());
        taken += one.get().size();
      }
      assertEquals(6, taken);
      assertEquals(6, tickets.size());
    }
  }

  private ClientSession take() {
    return Objects.requireNonNull(store.take(KEY));
  }

  private static ClientSessionKey key(String host) {
    return new ClientSessionKey(host, 443, "");
  }

  private static ClientSession tls13(long seed) {
    Session session = Samples.session(ProtocolVersion.TLS13);
    return new ClientSession(session, Samples.bytes(seed, 184), Opaque.EMPTY, Samples.NOW);
  }

  private static ClientSession tls12(long seed) {
    Session session = Samples.session(ProtocolVersion.TLS12);
    Opaque id = Samples.bytes(~seed, 32);
    return new ClientSession(session, Samples.bytes(seed, 184), id, Samples.NOW);
  }
}
