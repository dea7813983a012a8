/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationRegisterTest {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration TOLERANCE = ResumptionPolicy.CLOCK_TOLERANCE;
  private static final Opaque LEAF = Opaque.ofHex("3001");
  private static final Opaque ISSUER = Opaque.ofHex("3002");

  private final FakeClock clock = FakeClock.create();
  private final RevocationRegister register = register(8);

  private RevocationRegister register(int most) {
    return new RevocationRegister(LONGEST, most, clock);
  }

  private Lineage lineage(int number) {
    return new Lineage(clock.millis(), number);
  }

  private boolean isRevoked(Lineage lineage) {
    return register.contains(lineage, List.of());
  }

  @Test
  void containsNothingAtFirst() {
    assertFalse(isRevoked(lineage(1)));
    assertFalse(register.contains(lineage(1), List.of(LEAF)));
    assertEquals(Optional.empty(), register.before());
  }

  @Test
  void containsASessionByItsLineageAlone() {
    Session session = Samples.session(ProtocolVersion.TLS13);
    register.revokeSession(Lineage.of(session));
    assertTrue(register.contains(session));
    assertTrue(register.contains(Samples.session(ProtocolVersion.TLS12)), "the same lineage");
    assertFalse(isRevoked(new Lineage(session.authenticatedAtMillis(), 0)));
    assertFalse(isRevoked(new Lineage(session.authenticatedAtMillis() + 1, session.lineage())));
  }

  @Test
  void takesWhatStandsForASession() {
    register.revokeSession(lineage(1).id());
    assertTrue(isRevoked(lineage(1)));
    assertFalse(isRevoked(lineage(2)));
    assertThrows(
        IllegalArgumentException.class, () -> register.revokeSession(Opaque.ofHex("0102")));
    assertThrows(IllegalArgumentException.class, () -> register.revokeCertificate(Opaque.EMPTY));
  }

  @Test
  void containsTheSessionsOfACertificateThatItsClientShowedItself() {
    register.revokeCertificate(Sha256.of(LEAF));
    assertTrue(register.contains(lineage(1), List.of(LEAF, ISSUER)));
    assertFalse(register.contains(lineage(1), List.of(ISSUER, LEAF)));
    assertFalse(isRevoked(lineage(1)));
  }

  @Test
  void meansNoFullHandshakeThatComesAfterACertificateWasRevoked() {
    register.revokeCertificate(Sha256.of(LEAF));
    clock.advance(TOLERANCE);
    assertTrue(register.contains(lineage(1), List.of(LEAF)));
    clock.advance(Duration.ofMillis(1));
    assertFalse(register.contains(lineage(1), List.of(LEAF)));
    register.revokeCertificate(Sha256.of(LEAF));
    assertTrue(register.contains(lineage(1), List.of(LEAF)), "revoked again");
  }

  @Test
  void containsWhatIsBeforeATimeAndKeepsTheLatest() {
    Instant time = clock.instant();
    register.revokeBefore(time);
    register.revokeBefore(time.minusSeconds(60));
    assertEquals(Optional.of(time), register.before());
    assertTrue(isRevoked(new Lineage(time.toEpochMilli() - 1, 1)));
    assertFalse(isRevoked(new Lineage(time.toEpochMilli(), 1)));
  }

  @Test
  void takesAnyTimeThatIsNotYetToCome() {
    register.revokeBefore(Instant.MIN);
    assertFalse(isRevoked(lineage(1)));
    Instant late = clock.instant().plus(TOLERANCE).plusMillis(1);
    assertThrows(IllegalArgumentException.class, () -> register.revokeBefore(late));
    assertThrows(IllegalArgumentException.class, () -> register.revokeBefore(Instant.MAX));
  }

  @Test
  void keepsAnEntryForAsLongAsTheLongestSession() {
    // A session of a node whose clock is ahead as far as is borne.
    Lineage ahead = new Lineage(clock.millis() + TOLERANCE.toMillis(), 1);
    register.revokeSession(ahead);
    register.revokeCertificate(Sha256.of(LEAF));
    clock.advance(LONGEST.plus(TOLERANCE).minusMillis(1));
    register.sweep();
    assertEquals(2, register.size());
    assertTrue(isRevoked(ahead));
    clock.advance(Duration.ofMillis(1));
    register.sweep();
    assertEquals(0, register.size());
  }

  @Test
  void forgetsNothingToMakeRoom() {
    for (int i = 0; i < 8; i++) {
      register.revokeSession(lineage(i));
    }
    Lineage other = lineage(9);
    assertFalse(isRevoked(other));
    register.revokeSession(lineage(7));
    assertEquals(8, register.size(), "revoked before");
    register.revokeSession(lineage(8));
    assertEquals(1, register.size());
    for (int i = 0; i < 9; i++) {
      assertTrue(isRevoked(lineage(i)));
    }
    assertTrue(isRevoked(other), "all of before");
    clock.advance(TOLERANCE.plusMillis(1));
    assertFalse(isRevoked(lineage(10)), "nothing of after");
  }

  @Test
  void makesRoomByWhatIsPastFirst() {
    for (int i = 0; i < 4; i++) {
      register.revokeSession(lineage(i));
    }
    clock.advance(LONGEST.plus(TOLERANCE));
    for (int i = 4; i < 9; i++) {
      register.revokeSession(lineage(i));
    }
    assertEquals(5, register.size());
    assertEquals(Optional.empty(), register.before());
  }

  @Test
  void listsTheLatest() {
    register.revokeSession(lineage(1));
    clock.advance(Duration.ofSeconds(1));
    register.revokeCertificate(Sha256.of(LEAF));
    Instant now = clock.instant();
    assertEquals(
        List.of(
            new Revocation(
                Revocation.Kind.CERTIFICATE,
                Sha256.of(LEAF),
                now,
                now.plus(LONGEST).plus(TOLERANCE))),
        register.latest(1));
    assertEquals(Revocation.Kind.SESSION, register.latest(2).getLast().kind());
  }
}
