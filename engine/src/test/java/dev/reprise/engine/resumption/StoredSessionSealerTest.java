/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StoredSessionSealerTest {
  private static final SealingFormat STORED = SealingFormat.STORED_SESSION;
  private static final Opaque PLACE = Samples.bytes(40, 40);
  private static final Opaque OTHER_PLACE = Samples.bytes(41, 40);

  private final FakeClock clock = FakeClock.create();
  private final Stek key = Samples.stek(1);
  private final StekRing ring = StekRing.of(key);
  private final StekSource source = () -> ring;
  private final StoredSessionSealer sealer =
      new StoredSessionSealer(source, SeededRandom.of(1), clock);
  private final Session session = Samples.session(ProtocolVersion.TLS12);

  @Test
  void opensWhatItSealedForItsPlaceOnly() {
    Opaque sealed = seal(session);
    assertTrue(Samples.same(session, opened(open(sealed, PLACE))));
    assertEquals(missed(MissReason.NOT_AUTHENTIC), open(sealed, OTHER_PLACE));
    assertEquals(missed(MissReason.NOT_AUTHENTIC), open(sealed, Opaque.EMPTY));
  }

  @Test
  void aStoredSessionIsNoTicketAndATicketNoStoredSession() {
    TicketSealer tickets = new TicketSealer(source, SeededRandom.of(2), clock);
    Opaque ticket = Objects.requireNonNull(tickets.seal(session)).ticket();
    Opaque stored = Objects.requireNonNull(sealer.seal(session, Opaque.EMPTY)).ticket();
    assertEquals(missed(MissReason.NOT_AUTHENTIC), open(ticket, Opaque.EMPTY));
    assertEquals(
        missed(MissReason.NOT_AUTHENTIC),
        tickets.open(stored, ProtocolVersion.TLS12, Samples.SCOPE));
    // Not only for the additional data: the keys are others.
    assertNotEquals(key.cipher(SealingFormat.TICKET), key.cipher(SealingFormat.STORED_SESSION));
  }

  @Test
  void opensNothingThatIsChangedOrCutOff() {
    byte[] sealed = seal(session).toArray();
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertInstanceOf(TicketOpening.Missed.class, open(Opaque.takeOver(changed), PLACE));
    }
    for (int length = 0; length < sealed.length; length++) {
      Opaque cut = Opaque.takeOver(sealed, 0, length);
      assertInstanceOf(TicketOpening.Missed.class, open(cut, PLACE));
    }
  }

  @Test
  void comparesVersionAndScopeAndTellsOnlyWhenItExpires() {
    Opaque sealed = seal(session);
    assertEquals(
        missed(MissReason.VERSION_MISMATCH),
        sealer.open(sealed, PLACE, ProtocolVersion.TLS13, Samples.SCOPE));
    assertEquals(
        missed(MissReason.SCOPE_MISMATCH),
        sealer.open(sealed, PLACE, ProtocolVersion.TLS12, Samples.OTHER_SCOPE));
    assertEquals(session.expiresAtMillis(), sealer.expiresAtMillis(sealed, PLACE));
    assertNull(sealer.expiresAtMillis(sealed, OTHER_PLACE));
  }

  @Test
  void holdsChainsThatNoTicketHolds() {
    for (int length : new int[] {15_000, 60_000}) {
      Session certified =
          Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(1, length)));
      assertTrue(Samples.same(certified, opened(open(seal(certified), PLACE))));
    }
    Session tooLong =
        Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(1, 66_000)));
    assertNull(sealer.seal(tooLong, PLACE));
  }

  @Test
  void sealsNeitherWithoutAKeyNorAClosedSession() {
    clock.advance(Duration.ofHours(7));
    assertNull(sealer.seal(session, PLACE));
    clock.advance(Duration.ofHours(-7));
    assertNotNull(sealer.seal(session, PLACE));
    session.close();
    assertNull(sealer.seal(session, PLACE));
  }

  @Test
  void theCiphersOfAllFormatsAreWipedWithTheKey() {
    Opaque sealed = seal(session);
    List<Xaes256Gcm> ciphers = List.of(cipher(SealingFormat.TICKET), cipher(STORED));
    key.close();
    assertTrue(ciphers.stream().allMatch(Xaes256Gcm::isClosed));
    assertNull(key.cipher(STORED));
    assertEquals(missed(MissReason.KEY_EXPIRED), open(sealed, PLACE));
    assertNull(sealer.seal(session, PLACE));
  }

  private Xaes256Gcm cipher(SealingFormat format) {
    return Objects.requireNonNull(key.cipher(format));
  }

  private Opaque seal(Session sealed) {
    return Objects.requireNonNull(sealer.seal(sealed, PLACE)).ticket();
  }

  private TicketOpening open(Opaque sealed, Opaque place) {
    return sealer.open(sealed, place, ProtocolVersion.TLS12, Samples.SCOPE);
  }

  private TicketOpening missed(MissReason reason) {
    return new TicketOpening.Missed(reason, key.keyName());
  }

  private static Session opened(TicketOpening opening) {
    return assertInstanceOf(TicketOpening.Opened.class, opening).session();
  }
}
