/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has left the store has left its memory: searched for in runs of 16 bytes. */
class SessionStoreErasureTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int RUN = 16;

  private final FakeClock clock = FakeClock.create();
  private final MemorySessionStore store =
      new MemorySessionStore(128 << 10, clock, SeededRandom.of(1));

  @Test
  void aRemovedSessionIsErased() {
    fill(300);
    assertPresent(120);
    store.remove(id(120));
    assertErased(120);
    assertPresent(119);
    assertPresent(299);
  }

  @Test
  void aTakenSessionIsErased() {
    fill(300);
    assertPresent(299);
    store.take(id(299), ProtocolVersion.TLS12, Samples.SCOPE);
    assertErased(299);
  }

  @Test
  void aReplacedSessionIsErased() {
    fill(300);
    put(7, session(1000), HOUR);
    assertEquals(0, copies(secret(7)));
    assertEquals(1, copies(secret(1000)));
  }

  @Test
  void anExpiredSessionIsErasedBySomebodyElsesOperation() {
    put(5, session(5), Duration.ofMinutes(1));
    fill(3);
    clock.advance(Duration.ofMinutes(1));
    assertPresent(5);
    store.get(id(2), ProtocolVersion.TLS12, Samples.SCOPE);
    assertErased(5);
  }

  @Test
  void expiredSessionsAreErasedByASweep() {
    fill(300);
    clock.advance(HOUR);
    store.sweep();
    assertAllErased(300);
  }

  @Test
  void anEvictedSessionIsErased() {
    fill(1);
    assertPresent(0);
    for (int i = 1; store.evictions() == 0; i++) {
      assertEquals(1, copies(secret(0)));
      put(i, session(i), HOUR);
    }
    assertErased(0);
  }

  @Test
  void everythingIsErasedWhenTheStoreIsClosed() {
    fill(300);
    store.close();
    assertAllErased(300);
    store.memory().forEach(page -> assertEquals(-1, page.mismatch(zeros(page))));
  }

  private static MemorySegment zeros(MemorySegment page) {
    return MemorySegment.ofArray(new byte[(int) page.byteSize()]);
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      put(i, session(i), HOUR);
    }
  }

  private void put(int number, Session session, Duration lifetime) {
    assertTrue(store.put(id(number), session, lifetime).toCompletableFuture().join());
  }

  private void assertPresent(int number) {
    assertEquals(1, copies(secret(number)));
    assertEquals(1, copies(id(number).toArray()));
    assertEquals(1, copies(name(number).getBytes(StandardCharsets.US_ASCII)));
    assertEquals(1, copies(certificate(number).toArray()));
  }

  private void assertErased(int number) {
    assertEquals(0, copies(secret(number)));
    assertEquals(0, copies(id(number).toArray()));
    assertEquals(0, copies(name(number).getBytes(StandardCharsets.US_ASCII)));
    assertEquals(0, copies(certificate(number).toArray()));
  }

  private void assertAllErased(int count) {
    assertEquals(0, store.size());
    for (int i = 0; i < count; i += 37) {
      assertErased(i);
    }
  }

  /** How often any run of the bytes is found; a whole copy counts once. */
  private int copies(byte[] bytes) {
    return store.memory().mapToInt(page -> copies(page, bytes)).sum();
  }

  private static int copies(MemorySegment page, byte[] wanted) {
    byte[] memory = page.toArray(ValueLayout.JAVA_BYTE);
    int found = 0;
    int last = -2;
    for (int at = 0; at + RUN <= memory.length; at++) {
      if (holdsRun(memory, at, wanted)) {
        found += last == at - 1 ? 0 : 1;
        last = at;
      }
    }
    return found;
  }

  private static boolean holdsRun(byte[] memory, int at, byte[] wanted) {
    for (int from = 0; from + RUN <= wanted.length; from++) {
      if (memory[at] == wanted[from]
          && memory[at + 1] == wanted[from + 1]
          && java.util.Arrays.equals(memory, at, at + RUN, wanted, from, from + RUN)) {
        return true;
      }
    }
    return false;
  }

  private static Session session(int number) {
    return Samples.session(
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        secret(number),
        Samples.NOW,
        Samples.NOW,
        Samples.NOW + Samples.HOUR,
        name(number),
        "h2",
        List.of(certificate(number)));
  }

  private static byte[] secret(int number) {
    return Samples.bytes(number, 48).toArray();
  }

  private static Opaque id(int number) {
    return Samples.bytes(1_000_000 + number, 32);
  }

  private static String name(int number) {
    return "%1$06d-%1$06d-%1$06d".formatted(number);
  }

  private static Opaque certificate(int number) {
    return Samples.bytes(-1 - number, 20);
  }
}
