/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StekRingTest {
  private final Stek key = Samples.stek(1, 100, 200, 300, 400);
  private final StekRing ring = StekRing.of(key);

  @Test
  void issuesInItsWindowOnly() {
    assertNull(ring.issuing(199));
    assertSame(key, ring.issuing(200));
    assertSame(key, ring.issuing(299));
    assertNull(ring.issuing(300));
  }

  @Test
  void acceptsFromPublicationToTheEnd() {
    assertNull(ring.accepting(key.name(), 99));
    assertSame(key, ring.accepting(key.name(), 100));
    assertSame(key, ring.accepting(key.name(), 399));
    assertNull(ring.accepting(key.name(), 400));
    assertNull(ring.accepting(Samples.bytes(5, 16), 200));
  }

  @Test
  void tellsAnExpiredKeyFromAnUnknownOne() {
    assertEquals(MissReason.UNKNOWN_KEY, ring.missing(key.name(), 99));
    assertEquals(MissReason.KEY_EXPIRED, ring.missing(key.name(), 400));
    Opaque retired = Samples.bytes(6, 16);
    StekRing later = new StekRing(List.of(key), List.of(retired));
    assertEquals(MissReason.KEY_EXPIRED, later.missing(retired, 200));
    assertEquals(MissReason.UNKNOWN_KEY, later.missing(Samples.bytes(7, 16), 200));
  }

  @Test
  void ofOverlappingWindowsTheOneThatOpenedLastIssuesInWhateverOrder() {
    Stek early = Samples.stek(2, 100, 250, 350, 400);
    assertSame(early, StekRing.of(key, early).issuing(260));
    assertSame(early, StekRing.of(early, key).issuing(260));
    Stek twin = Samples.stek(3, 100, 200, 300, 400);
    assertSame(StekRing.of(key, twin).issuing(200), StekRing.of(twin, key).issuing(200));
  }

  @Test
  void refusesTwoKeysOfOneNameOrOneSecret() {
    Stek namesake = new Stek(key.name(), Samples.stek(2).secret(), 100, 200, 300, 400);
    assertThrows(IllegalArgumentException.class, () -> StekRing.of(key, namesake));
    Secret same = key.secret().copy();
    Stek twin = new Stek(Samples.bytes(9, 16), same, 100, 200, 300, 400);
    assertThrows(IllegalArgumentException.class, () -> StekRing.of(key, twin));
  }

  @Test
  void aKeyRefusesTimesInAnotherOrder() {
    assertThrows(IllegalArgumentException.class, () -> Samples.stek(1, 201, 200, 300, 400));
    assertThrows(IllegalArgumentException.class, () -> Samples.stek(1, 100, 300, 300, 400));
    assertThrows(IllegalArgumentException.class, () -> Samples.stek(1, 100, 200, 401, 400));
  }

  @Test
  void aKeyRefusesOtherLengthsAndItsOwnNameInIt() {
    Opaque name = Samples.bytes(1, 16);
    Secret shorter = Secret.takeOver(Samples.bytes(2, 31).toArray());
    assertThrows(IllegalArgumentException.class, () -> new Stek(name, shorter, 0, 0, 1, 1));
    Secret secret = Secret.takeOver(Samples.bytes(2, 32).toArray());
    Opaque tooShort = name.slice(0, 15);
    assertThrows(IllegalArgumentException.class, () -> new Stek(tooShort, secret, 0, 0, 1, 1));
    Opaque half = Opaque.copyOf(secret.reveal()).slice(16, 16);
    assertThrows(IllegalArgumentException.class, () -> new Stek(half, secret, 0, 0, 1, 1));
  }

  @Test
  void aKeyShowsHalfOfItsNameAndNothingOfItsSecret() {
    assertEquals(key.name().slice(0, 8).toString(), key.keyName());
    String secret = Opaque.copyOf(key.secret().reveal()).toString();
    assertFalse(key.toString().contains(secret.substring(0, 8)));
    assertTrue(key.toString().contains(key.keyName()));
  }

  @Test
  void nothingIsDerivedFromAWipedKey() {
    Xaes256Gcm cipher = key.cipher(SealingFormat.TICKET);
    assertNotNull(cipher);
    assertSame(cipher, key.cipher(SealingFormat.TICKET));
    key.close();
    assertTrue(key.secret().isClosed());
    assertTrue(cipher.isClosed());
    assertNull(key.cipher(SealingFormat.TICKET));
  }
}
