/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionPolicyTest {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long NOW = Samples.NOW;
  private static final long HOUR = Samples.HOUR;

  private final FakeClock clock = FakeClock.create();
  private final ResumptionPolicy policy = ResumptionPolicy.DEFAULT;

  @Test
  void expiresAtTheEarliestOfWhatLimitsIt() {
    assertEquals(NOW + 6 * HOUR, expiresAt(ProtocolVersion.TLS13, NOW, NEVER, NEVER));
    assertEquals(NOW + HOUR, expiresAt(ProtocolVersion.TLS13, NOW, NOW + HOUR, NEVER));
    assertEquals(NOW + 7, expiresAt(ProtocolVersion.TLS13, NOW, NOW + HOUR, NOW + 7));
    long authenticated = NOW - 23 * HOUR;
    assertEquals(NOW + HOUR, expiresAt(ProtocolVersion.TLS13, authenticated, NEVER, NEVER));
    assertEquals(NOW - 11 * HOUR, expiresAt(ProtocolVersion.TLS12, authenticated, NEVER, NEVER));
  }

  private long expiresAt(ProtocolVersion version, long authenticated, long key, long notAfter) {
    return policy.expiresAt(version, NOW, authenticated, key, notAfter);
  }

  @Test
  void resumesUpToTheSecondBeforeATicketExpires() {
    Session session = Samples.sessionWithTimes(NOW, NOW, NOW + 6 * HOUR);
    clock.advance(Duration.ofHours(6).minusSeconds(1));
    assertNull(policy.refuses(session, clock.millis()));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(MissReason.TICKET_EXPIRED, policy.refuses(session, clock.millis()));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(MissReason.TICKET_EXPIRED, policy.refuses(session, clock.millis()));
  }

  @Test
  void toleratesFiveSecondsOfAnotherClocksLead() {
    Session session = Samples.sessionWithTimes(NOW, NOW, NOW + 6 * HOUR);
    clock.advance(Duration.ofSeconds(-5));
    assertNull(policy.refuses(session, clock.millis()));
    clock.advance(Duration.ofSeconds(-1));
    assertEquals(MissReason.NOT_YET_VALID, policy.refuses(session, clock.millis()));
  }

  @Test
  void refusesAnAuthenticationOutOfTheFuture() {
    Session session = Samples.sessionWithTimes(NOW, NOW + 5001, NOW + 6 * HOUR);
    assertEquals(MissReason.NOT_YET_VALID, policy.refuses(session, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS12", "TLS13"})
  void endsAChainOfResumptionsWithItsAuthentication(String name) {
    ProtocolVersion version = ProtocolVersion.valueOf(name);
    Duration limit = Duration.ofHours(version == ProtocolVersion.TLS12 ? 12 : 24);
    // Renewed just now, over and over.
    Session session = renewed(version, NOW, NOW + limit.toMillis() - 1000);
    assertNull(policy.refuses(session, NOW + limit.toMillis() - 1000));
    Session later = renewed(version, NOW, NOW + limit.toMillis());
    assertEquals(MissReason.AUTHENTICATION_TOO_OLD, policy.refuses(later, NOW + limit.toMillis()));
    assertEquals(
        MissReason.AUTHENTICATION_TOO_OLD, policy.refuses(later, NOW + limit.toMillis() + 1000));
  }

  @Test
  void aThousandRenewalsEndAtTheDeadline() {
    long authenticated = clock.millis();
    Session session = renewed(ProtocolVersion.TLS13, authenticated, authenticated);
    int renewals = 0;
    while (policy.refuses(session, clock.millis()) == null && renewals < 1000) {
      clock.advance(Duration.ofMinutes(10));
      session = renewed(ProtocolVersion.TLS13, authenticated, clock.millis());
      renewals++;
    }
    assertEquals(144, renewals);
    assertEquals(MissReason.AUTHENTICATION_TOO_OLD, policy.refuses(session, clock.millis()));
  }

  private Session renewed(ProtocolVersion version, long authenticated, long now) {
    Session plain = Samples.session(version);
    return new Session(
        version,
        plain.suite(),
        plain.secret(),
        true,
        now,
        authenticated,
        plain.lineage(),
        policy.expiresAt(version, now, authenticated, NEVER, NEVER),
        0,
        plain.scope(),
        null,
        null,
        java.util.List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 604_801})
  void refusesLifetimesThatNoTicketMayHave(long seconds) {
    Duration bad = Duration.ofSeconds(seconds);
    Duration good = Duration.ofDays(7);
    assertThrows(IllegalArgumentException.class, () -> policy(bad, good, good, 2));
    assertThrows(IllegalArgumentException.class, () -> policy(good, bad, good, 2));
    assertThrows(IllegalArgumentException.class, () -> policy(good, good, bad, 2));
    assertEquals(8, policy(good, good, good, 8).ticketsPerFullHandshake());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9})
  void refusesMoreThanEightTickets(int tickets) {
    Duration good = Duration.ofHours(1);
    assertThrows(IllegalArgumentException.class, () -> policy(good, good, good, tickets));
  }

  private static ResumptionPolicy policy(Duration ticket, Duration tls13, Duration tls12, int n) {
    return new ResumptionPolicy(ticket, tls13, tls12, n, n, false, "test");
  }
}
