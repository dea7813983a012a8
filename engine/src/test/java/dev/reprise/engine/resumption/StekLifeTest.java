/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.rules.Refuses;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The four times of a ticket key, seen from the tickets that it seals and opens. */
class StekLifeTest {
  private static final Duration PERIOD = Duration.ofHours(6);
  private static final Duration LIFETIME = Duration.ofHours(4);

  private final FakeClock clock = FakeClock.create();
  private final RotatingStekSource source =
      new RotatingStekSource(clock, SeededRandom.of(1), PERIOD, LIFETIME);
  private final TicketSealer sealer = new TicketSealer(source, SeededRandom.of(2), clock);
  private final long start = clock.millis();

  /** One node and others, whose clocks differ. */
  private final FakeClock othersClock = FakeClock.create();

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aKeySealsUntilItsWindowClosesAndTheNextOneFromThen(int edgeMillis) {
    Stek first = issuing();
    Stek second = Objects.requireNonNull(source.ring().issuing(start + PERIOD.toMillis()));
    at(PERIOD.minusMillis(edgeMillis));
    assertEquals(first.keyName(), seal().keyName());
    at(PERIOD);
    assertEquals(second.keyName(), seal().keyName());
    at(PERIOD.plusMillis(edgeMillis));
    assertEquals(second.keyName(), seal().keyName());
    at(PERIOD.multipliedBy(2).minusMillis(edgeMillis));
    assertEquals(second.keyName(), seal().keyName());
    at(PERIOD.multipliedBy(2));
    assertNotEquals(second.keyName(), seal().keyName());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  @Refuses("F2")
  void aKeyOpensUntilItsEndAndIsWipedThen(int edgeMillis) {
    Stek key = issuing();
    Opaque ticket = seal().ticket();
    Duration end = PERIOD.plus(LIFETIME);
    at(end.minusMillis(edgeMillis));
    assertTrue(opened(ticket).underOlderKey());
    at(end);
    assertEquals(new TicketOpening.Missed(MissReason.KEY_EXPIRED, key.keyName()), open(ticket));
    assertTrue(key.secret().isClosed());
    at(end.plusMillis(edgeMillis));
    assertEquals(new TicketOpening.Missed(MissReason.KEY_EXPIRED, key.keyName()), open(ticket));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aTicketIsRenewedAsSoonAsANewerKeySeals(int edgeMillis) {
    Opaque ticket = seal().ticket();
    assertFalse(opened(ticket).underOlderKey());
    at(PERIOD.minusMillis(edgeMillis));
    assertFalse(opened(ticket).underOlderKey());
    at(PERIOD);
    assertTrue(opened(ticket).underOlderKey());
    assertFalse(opened(seal().ticket()).underOlderKey());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aKeyOpensFromItsPublicationSoThatAClockThatIsAheadIsUnderstood(int edgeMillis) {
    Stek key = Samples.stek(1, start + 10_000, start + 20_000, start + 30_000, start + 40_000);
    othersClock.advance(Duration.ofSeconds(20));
    TicketSealer ahead = sealer(key, othersClock);
    Opaque ticket = present(ahead.seal(Samples.session(ProtocolVersion.TLS13))).ticket();
    TicketSealer behind = sealer(key, clock);
    at(Duration.ofSeconds(10).minusMillis(edgeMillis));
    assertEquals(
        new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null),
        behind.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE));
    at(Duration.ofSeconds(10));
    assertNull(behind.seal(Samples.session(ProtocolVersion.TLS13)));
    var opened =
        assertInstanceOf(
            TicketOpening.Opened.class, behind.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE));
    assertFalse(opened.underOlderKey());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void nothingIsSealedWhenNoWindowIsOpen(int edgeMillis) {
    Stek key = Samples.stek(1, start, start + 20_000, start + 30_000, start + 40_000);
    TicketSealer only = sealer(key, clock);
    at(Duration.ofSeconds(20).minusMillis(edgeMillis));
    assertNull(only.seal(Samples.session(ProtocolVersion.TLS13)));
    at(Duration.ofSeconds(20));
    Opaque ticket = present(only.seal(Samples.session(ProtocolVersion.TLS13))).ticket();
    at(Duration.ofSeconds(30).minusMillis(edgeMillis));
    assertEquals(
        key.keyName(), present(only.seal(Samples.session(ProtocolVersion.TLS13))).keyName());
    at(Duration.ofSeconds(30));
    assertNull(only.seal(Samples.session(ProtocolVersion.TLS13)));
    assertInstanceOf(
        TicketOpening.Opened.class, only.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 22, 24 * 365})
  void aProcessThatSleptLongerThanAKeyLivesSealsUnderNoStaleOne(int hours) {
    List<Stek> before = source.ring().keys();
    Opaque ticket = seal().ticket();
    at(Duration.ofHours(hours));
    SealedTicket sealed = seal();
    assertTrue(sealed.keyAcceptUntilMillis() > clock.millis() + LIFETIME.toMillis());
    assertInstanceOf(TicketOpening.Missed.class, open(ticket));
    assertDeadOnesAreWiped(before);
  }

  @Test
  void deadKeysAndTheirCiphersAreWipedByATimerAlone() {
    seal();
    List<Stek> before = source.ring().keys();
    List<Xaes256Gcm> ciphers =
        before.stream()
            .map(key -> Objects.requireNonNull(key.cipher(SealingFormat.TICKET)))
            .toList();
    at(Duration.ofDays(30));
    // What a driver's timer calls; no ticket is sealed or opened.
    assertFalse(source.ring().keys().contains(before.getFirst()));
    assertDeadOnesAreWiped(before);
    assertTrue(ciphers.stream().allMatch(Xaes256Gcm::isClosed));
  }

  @Test
  void renewalAfterACheckpointLeavesNoKeyThatAnotherCopyHas() {
    List<Stek> before = source.ring().keys();
    Opaque ticket = seal().ticket();
    String name = issuing().keyName();
    source.renew();
    assertTrue(before.stream().allMatch(key -> key.secret().isClosed()));
    assertEquals(new TicketOpening.Missed(MissReason.KEY_EXPIRED, name), open(ticket));
    assertNotEquals(name, seal().keyName());
    assertInstanceOf(TicketOpening.Opened.class, open(seal().ticket()));
    for (Stek key : source.ring().keys()) {
      assertTrue(before.stream().noneMatch(old -> old.name().equals(key.name())));
    }
  }

  @Test
  void renewalReseedsWhatCanBeReseededAndLeavesAClosedSourceEmpty() {
    Reseedable random = new Reseedable();
    RotatingStekSource renewed = new RotatingStekSource(clock, random, PERIOD, LIFETIME);
    renewed.renew();
    assertEquals(1, random.reseeded);
    renewed.close();
    renewed.renew();
    assertEquals(List.of(), renewed.ring().keys());
  }

  private static void assertDeadOnesAreWiped(List<Stek> keys) {
    assertTrue(keys.stream().anyMatch(key -> key.secret().isClosed()));
  }

  private static TicketSealer sealer(Stek key, FakeClock clock) {
    StekRing ring = StekRing.of(key);
    return new TicketSealer(() -> ring, SeededRandom.of(3), clock);
  }

  private void at(Duration sinceStart) {
    clock.advance(Duration.ofMillis(start + sinceStart.toMillis() - clock.millis()));
  }

  private Stek issuing() {
    return present(source.ring().issuing(clock.millis()));
  }

  private SealedTicket seal() {
    return present(sealer.seal(Samples.session(ProtocolVersion.TLS13)));
  }

  private TicketOpening open(Opaque ticket) {
    return sealer.open(ticket, ProtocolVersion.TLS13, Samples.SCOPE);
  }

  private TicketOpening.Opened opened(Opaque ticket) {
    return assertInstanceOf(TicketOpening.Opened.class, open(ticket));
  }

  private static <T> T present(@org.jspecify.annotations.Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static final class Reseedable extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private int reseeded;

    @Override
    public void reseed() {
      reseeded++;
    }
  }
}
