/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketSealerTest {
  private static final int HEAD = 16 + 24;

  private final FakeClock clock = FakeClock.create();
  private final Stek key = Samples.stek(1);
  private final TicketSealer sealer = sealer(StekRing.of(key));

  @ParameterizedTest
  @EnumSource
  @Upholds({"B15", "F1"})
  void opensWhatItSealed(ProtocolVersion version) {
    Session session = Samples.session(version);
    SealedTicket sealed = seal(session);
    assertEquals(key.keyName(), sealed.keyName());
    assertEquals(key.acceptUntilMillis(), sealed.keyAcceptUntilMillis());
    var opened = assertInstanceOf(TicketOpening.Opened.class, open(sealed.ticket(), version));
    assertTrue(Samples.same(session, opened.session()));
    assertEquals(key.keyName(), opened.keyName());
    assertFalse(opened.underOlderKey());
  }

  @Property(tries = 300, seed = "1")
  void opensEverySessionItSealed(@ForAll("sessions") Session session) {
    var opening = open(seal(session).ticket(), session.version());
    assertTrue(Samples.same(session, ((TicketOpening.Opened) opening).session()));
  }

  @Provide
  Arbitrary<Session> sessions() {
    return Samples.sessions();
  }

  @Test
  void startsATicketWithTheKeysNameAndNothingElseThatCouldBeKnown() {
    Opaque one = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    Opaque two = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    assertEquals(key.name(), one.slice(0, 16));
    for (int at = 16; at + 8 <= one.length(); at += 8) {
      assertNotEquals(one.slice(at, 8), two.slice(at, 8));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Refuses({"B15", "F1"})
  void missesWithEveryBitFlipped(ProtocolVersion version) {
    Opaque ticket = seal(Samples.session(version)).ticket();
    for (int bit = 0; bit < 8 * ticket.length(); bit++) {
      byte[] flipped = ticket.toArray();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      MissReason expected = bit < 128 ? MissReason.UNKNOWN_KEY : MissReason.NOT_AUTHENTIC;
      assertEquals(expected, missReason(Opaque.takeOver(flipped), version));
    }
  }

  @ParameterizedTest
  @EnumSource
  void missesWithEveryTruncationAndEveryExtension(ProtocolVersion version) {
    Opaque ticket = seal(Samples.session(version)).ticket();
    byte[] longer = Arrays.copyOf(ticket.toArray(), ticket.length() + 100);
    for (int length = 0; length <= longer.length; length++) {
      Opaque other = Opaque.takeOver(longer.clone(), 0, length);
      if (length != ticket.length()) {
        boolean shaped = length > HEAD + 16 && (length - HEAD - 16) % 32 == 0;
        assertEquals(
            shaped ? MissReason.NOT_AUTHENTIC : MissReason.UNKNOWN_FORMAT,
            missReason(other, version));
      }
    }
  }

  @Property(tries = 1000, seed = "1")
  @Refuses("B16")
  void missesWithJunk(@ForAll byte[] junk) {
    assertInstanceOf(
        TicketOpening.Missed.class, open(Opaque.takeOver(junk), ProtocolVersion.TLS13));
  }

  @Property(tries = 500, seed = "1")
  void missesWithJunkUnderAKnownName(@ForAll byte[] junk) {
    byte[] ticket = Arrays.copyOf(key.name().toArray(), 16 + junk.length);
    System.arraycopy(junk, 0, ticket, 16, junk.length);
    assertInstanceOf(
        TicketOpening.Missed.class, open(Opaque.takeOver(ticket), ProtocolVersion.TLS12));
  }

  @Test
  void yieldsNoSessionOfAnotherScope() {
    Opaque ticket = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    var missed =
        assertInstanceOf(
            TicketOpening.Missed.class,
            sealer.open(ticket, ProtocolVersion.TLS13, Samples.OTHER_SCOPE));
    assertEquals(MissReason.SCOPE_MISMATCH, missed.reason());
    assertEquals(key.keyName(), missed.keyName());
  }

  @ParameterizedTest
  @EnumSource
  void yieldsNoSessionOfAnotherVersion(ProtocolVersion version) {
    Opaque ticket = seal(Samples.session(version)).ticket();
    for (ProtocolVersion other : ProtocolVersion.values()) {
      if (other != version) {
        assertEquals(MissReason.VERSION_MISMATCH, missReason(ticket, other));
      }
    }
  }

  @Test
  void missesWithAKeyOfTheSameNameAndAnotherSecret() {
    Stek impostor =
        new Stek(
            key.name(),
            Samples.stek(2).secret(),
            key.publishAtMillis(),
            key.issueFromMillis(),
            key.issueUntilMillis(),
            key.acceptUntilMillis());
    Opaque ticket = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    TicketOpening opening =
        sealer(StekRing.of(impostor)).open(ticket, ProtocolVersion.TLS13, Samples.SCOPE);
    assertEquals(new TicketOpening.Missed(MissReason.NOT_AUTHENTIC, key.keyName()), opening);
  }

  @Test
  void doesNotNameAKeyThatItDoesNotKnow() {
    Opaque ticket = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    TicketSealer other = sealer(StekRing.of(Samples.stek(2)));
    assertEquals(
        new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null),
        other.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE));
  }

  @Test
  void twoNodesWithTheirOwnKeysOpenNothingOfEachOther() {
    TicketSealer one = new TicketSealer(rotating(1), SeededRandom.of(3), clock);
    TicketSealer two = new TicketSealer(rotating(2), SeededRandom.of(4), clock);
    Session session = Samples.session(ProtocolVersion.TLS12);
    for (int i = 0; i < 1000; i++) {
      SealedTicket sealed = present(one.seal(session));
      assertEquals(
          new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null),
          two.open(sealed.ticket(), ProtocolVersion.TLS12, Samples.SCOPE));
    }
  }

  @Test
  void neitherSealsNorOpensOutsideAKeysTimes() {
    Opaque ticket = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    clock.advance(Duration.ofHours(6).minusMillis(1));
    assertNotNull(sealer.seal(Samples.session(ProtocolVersion.TLS13)));
    clock.advance(Duration.ofMillis(1));
    assertNull(sealer.seal(Samples.session(ProtocolVersion.TLS13)));
    clock.advance(Duration.ofHours(6).minusMillis(1));
    assertInstanceOf(TicketOpening.Opened.class, open(ticket, ProtocolVersion.TLS13));
    clock.advance(Duration.ofMillis(1));
    assertEquals(
        new TicketOpening.Missed(MissReason.KEY_EXPIRED, key.keyName()),
        open(ticket, ProtocolVersion.TLS13));
  }

  @Test
  void tellsATicketThatANewerKeyCouldRenew() {
    Opaque ticket = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    Stek newer =
        Samples.stek(
            2,
            Samples.NOW,
            Samples.NOW + 6 * Samples.HOUR,
            Samples.NOW + 12 * Samples.HOUR,
            Samples.NOW + 18 * Samples.HOUR);
    TicketSealer both = sealer(StekRing.of(newer, key));
    assertFalse(opened(both, ticket).underOlderKey());
    clock.advance(Duration.ofHours(6));
    assertTrue(opened(both, ticket).underOlderKey());
    Opaque renewed = present(both.seal(Samples.session(ProtocolVersion.TLS13))).ticket();
    assertFalse(opened(both, renewed).underOlderKey());
    // A node whose clock is behind understands it, and has nothing newer to offer.
    clock.advance(Duration.ofHours(-6));
    assertFalse(opened(both, renewed).underOlderKey());
  }

  @Test
  void followsTheSourceFromRingToRing() {
    AtomicReference<StekRing> ring = new AtomicReference<>(StekRing.of());
    TicketSealer following = new TicketSealer(ring::get, SeededRandom.of(1), clock);
    assertNull(following.seal(Samples.session(ProtocolVersion.TLS13)));
    ring.set(StekRing.of(key));
    Opaque ticket = present(following.seal(Samples.session(ProtocolVersion.TLS13))).ticket();
    ring.set(StekRing.of(Samples.stek(2), key));
    assertInstanceOf(TicketOpening.Opened.class, opened(following, ticket));
    ring.set(new StekRing(List.of(Samples.stek(2)), List.of(key.name())));
    assertEquals(
        new TicketOpening.Missed(MissReason.KEY_EXPIRED, key.keyName()),
        following.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE));
  }

  @Test
  void hasOneCipherForEachKeyWhichIsWipedWithIt() {
    AtomicReference<StekRing> ring = new AtomicReference<>(StekRing.of(key));
    SealingKeys keys = new SealingKeys(ring::get, SealingFormat.TICKET);
    SealingKeys.Key sealing = keys.current().issuing(Samples.NOW);
    assertNotNull(sealing);
    Stek moved =
        new Stek(
            key.name(),
            key.secret(),
            Samples.NOW - 1,
            Samples.NOW,
            Samples.NOW + 1,
            Samples.NOW + 2);
    ring.set(StekRing.of(moved));
    assertSame(sealing.cipher(), present(keys.current().issuing(Samples.NOW)).cipher());
    SealingKeys others = new SealingKeys(ring::get, SealingFormat.TICKET);
    assertSame(sealing.cipher(), present(others.current().issuing(Samples.NOW)).cipher());
    assertFalse(sealing.cipher().isClosed());
    moved.close();
    assertTrue(sealing.cipher().isClosed());
  }

  @Test
  void derivesNothingFromAKeyThatWasWipedBeforeItWasSeen() {
    Stek wiped = Samples.stek(3);
    StekRing ring = StekRing.of(wiped);
    wiped.close();
    assertNull(sealer(ring).seal(Samples.session(ProtocolVersion.TLS13)));
    byte[] ticket = Arrays.copyOf(wiped.name().toArray(), 200 + 8);
    assertInstanceOf(
        TicketOpening.Missed.class,
        sealer(ring).open(Opaque.takeOver(ticket), ProtocolVersion.TLS13, Samples.SCOPE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.de", "www.example.com", "a-rather-long-name.of.a.host.example.net"})
  void staysSmallWithoutClientCertificates(String name) {
    for (CipherSuite suite : CipherSuite.values()) {
      Session session =
          Samples.session(
              suite, Samples.secretBytes(suite, 1), 1, 1, 2, name, "http/1.1", List.of());
      assertTrue(seal(session).ticket().length() <= 256);
    }
  }

  @Test
  void isEquallyLongForNamesOfAlmostAnyLength() {
    Set<Integer> lengths = new HashSet<>();
    for (int length = 15; length <= 40; length++) {
      String name = "a".repeat(length);
      Session session = Samples.session(ProtocolVersion.TLS13, name, List.of());
      lengths.add(seal(session).ticket().length());
    }
    assertEquals(Set.of(16 + 24 + 160 + 16), lengths);
  }

  @Test
  void sealsUpToTheLongestAndOpensThat() {
    List<Integer> sealedLengths = new ArrayList<>();
    for (int length = 11_700; length <= 12_000; length++) {
      Session session =
          Samples.session(ProtocolVersion.TLS12, null, List.of(Samples.bytes(7, length)));
      SealedTicket sealed = sealer.seal(session);
      if (sealed != null) {
        sealedLengths.add(sealed.ticket().length());
        assertInstanceOf(TicketOpening.Opened.class, open(sealed.ticket(), ProtocolVersion.TLS12));
      }
    }
    assertEquals(11_992, sealedLengths.getLast());
    assertTrue(sealedLengths.size() < 300);
  }

  @Test
  void looksAtNothingLongerThanWhatItSeals() {
    byte[] longer = Arrays.copyOf(key.name().toArray(), TicketSealer.LONGEST + 1);
    assertEquals(
        new TicketOpening.Missed(MissReason.UNKNOWN_FORMAT, null),
        open(Opaque.takeOver(longer), ProtocolVersion.TLS13));
  }

  @Test
  @Upholds("F1")
  void usesNoNonceTwice() {
    Session session = Samples.session(ProtocolVersion.TLS13);
    Set<Opaque> nonces = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      assertTrue(nonces.add(seal(session).ticket().slice(16, 24)));
    }
  }

  @Test
  void missesWhatIsAuthenticButNoSession() throws Exception {
    for (int content : new int[] {0, 2, 255}) {
      byte[] plaintext = new byte[128];
      plaintext[0] = (byte) content;
      assertEquals(MissReason.UNKNOWN_FORMAT, missReason(sealed(plaintext), ProtocolVersion.TLS13));
    }
    byte[] padded = Arrays.copyOf(SessionCodec.encode(Samples.session(ProtocolVersion.TLS13)), 192);
    padded[191] = 1;
    assertEquals(MissReason.UNKNOWN_FORMAT, missReason(sealed(padded), ProtocolVersion.TLS13));
    padded[191] = 0;
    // 32 zeros and more are not how we pad.
    assertEquals(MissReason.UNKNOWN_FORMAT, missReason(sealed(padded), ProtocolVersion.TLS13));
  }

  @Test
  void leavesNoPlaintextBehind() {
    Opaque ticket = seal(Samples.session(ProtocolVersion.TLS13)).ticket();
    open(ticket, ProtocolVersion.TLS13);
    byte[] buffer = present(sealer.plaintexts().take());
    assertArrayEquals(new byte[buffer.length], buffer);
    sealer.plaintexts().give(buffer);
    open(ticket, ProtocolVersion.TLS12);
    assertArrayEquals(new byte[buffer.length], buffer);
  }

  @Test
  void junkOfAnyLengthCostsTheSameMemory() {
    for (byte[] name : List.of(new byte[16], key.name().toArray())) {
      long shorter = allocated(Opaque.takeOver(Arrays.copyOf(name, 88)));
      long longer = allocated(Opaque.takeOver(Arrays.copyOf(name, 11_992)));
      assertTrue(longer < shorter + 1024, () -> shorter + " and " + longer + " bytes");
    }
  }

  @Test
  @Refuses("B16")
  void junkThatIsTooLongIsRefusedBeforeAnyCipherWhateverItsLength() {
    byte[] name = key.name().toArray();
    long shorter = allocated(Opaque.takeOver(Arrays.copyOf(name, TicketSealer.LONGEST + 1)));
    long longer = allocated(Opaque.takeOver(Arrays.copyOf(name, 60_000)));
    assertTrue(longer <= shorter + 64, () -> shorter + " and " + longer + " bytes");
    // A miss and no more: no plaintext buffer, no cipher of a message.
    assertTrue(longer < 128, () -> longer + " bytes");
  }

  private long allocated(Opaque junk) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 200; i++) {
      open(junk, ProtocolVersion.TLS13);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 200; i++) {
      open(junk, ProtocolVersion.TLS13);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / 200;
  }

  /** A ticket of {@code plaintext} under {@link #key}, whatever the plaintext is. */
  private Opaque sealed(byte[] plaintext) throws Exception {
    SealingKeys.Key sealing =
        present(
            new SealingKeys(() -> StekRing.of(key), SealingFormat.TICKET)
                .current()
                .issuing(Samples.NOW));
    byte[] ticket = Arrays.copyOf(key.name().toArray(), HEAD + plaintext.length + 16);
    Opaque nonce = Samples.bytes(Arrays.hashCode(plaintext), 24);
    nonce.copyTo(ticket, 16);
    sealing
        .cipher()
        .seal(nonce, sealing.additionalData(), Opaque.takeOver(plaintext), ticket, HEAD);
    return Opaque.takeOver(ticket);
  }

  private StekSource rotating(long seed) {
    return new RotatingStekSource(
        clock, SeededRandom.of(seed), Duration.ofHours(6), Duration.ofHours(6));
  }

  private TicketSealer sealer(StekRing ring) {
    return new TicketSealer(() -> ring, SeededRandom.of(9), clock);
  }

  private SealedTicket seal(Session session) {
    return present(sealer.seal(session));
  }

  private TicketOpening open(Opaque ticket, ProtocolVersion version) {
    return sealer.open(ticket, version, Samples.SCOPE);
  }

  private MissReason missReason(Opaque ticket, ProtocolVersion version) {
    return assertInstanceOf(TicketOpening.Missed.class, open(ticket, version)).reason();
  }

  private static TicketOpening.Opened opened(TicketSealer sealer, Opaque ticket) {
    return assertInstanceOf(
        TicketOpening.Opened.class, sealer.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE));
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
