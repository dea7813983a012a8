/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TicketRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long, how often and for which names sessions are resumed.
 *
 * @param ticketLifetime of one ticket or stored session, 7 days at most
 * @param authenticationLifetimeTls13 how long after a full handshake the last resumption may be
 * @param authenticationLifetimeTls12 the same, shorter: the secret is the same in every ticket
 * @param ticketsPerFullHandshake TLS 1.3: how many tickets it sends, 0 to 8
 * @param ticketsPerResumedHandshake TLS 1.3: the same after a resumption; 1 replaces the one used
 * @param mostTicketsOnRequest TLS 1.3: how many a client gets at most that asks for a number of
 *     them (RFC 9149), 0 to 8; where the usual number is 0 there are none on request either
 * @param allowOtherServerNames TLS 1.3: whether another SNI of the same scope may resume
 * @param name for logs
 */
public record ResumptionPolicy(
    Duration ticketLifetime,
    Duration authenticationLifetimeTls13,
    Duration authenticationLifetimeTls12,
    int ticketsPerFullHandshake,
    int ticketsPerResumedHandshake,
    int mostTicketsOnRequest,
    boolean allowOtherServerNames,
    String name) {
  // RFC 8446, Section 4.6.1: "Servers MUST NOT use any value greater than 604800 seconds (7 days)."
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);
  private static final int MOST_TICKETS = 8;

  /** 6 h a ticket, 24 h (TLS 1.2: 12 h) an authentication, 2 tickets and 1. */
  public static final ResumptionPolicy DEFAULT =
      new ResumptionPolicy(
          Duration.ofHours(6), Duration.ofHours(24), Duration.ofHours(12), 2, 1, false, "default");

  /**
   * How far in the future a session may have been made: clocks of a fleet are never quite equal.
   */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  public ResumptionPolicy {
    requireLifetime(ticketLifetime);
    requireLifetime(authenticationLifetimeTls13);
    requireLifetime(authenticationLifetimeTls12);
    requireCount(ticketsPerFullHandshake);
    requireCount(ticketsPerResumedHandshake);
    requireCount(mostTicketsOnRequest);
  }

  /** With 8 tickets at most on request. */
  public ResumptionPolicy(
      Duration ticketLifetime,
      Duration authenticationLifetimeTls13,
      Duration authenticationLifetimeTls12,
      int ticketsPerFullHandshake,
      int ticketsPerResumedHandshake,
      boolean allowOtherServerNames,
      String name) {
    this(
        ticketLifetime,
        authenticationLifetimeTls13,
        authenticationLifetimeTls12,
        ticketsPerFullHandshake,
        ticketsPerResumedHandshake,
        MOST_TICKETS,
        allowOtherServerNames,
        name);
  }

  /** The same, but a ticket lives for {@code lifetime}, and an authentication not longer. */
  public ResumptionPolicy withSessionLifetime(Duration lifetime) {
    return new ResumptionPolicy(
        lifetime,
        shorter(lifetime, authenticationLifetimeTls13),
        shorter(lifetime, authenticationLifetimeTls12),
        ticketsPerFullHandshake,
        ticketsPerResumedHandshake,
        mostTicketsOnRequest,
        allowOtherServerNames,
        name);
  }

  /**
   * The same for keys and tickets of other times: an authentication lives as long as before, or as
   * a ticket that lives longer; in TLS 1.2, whose secret is the same in every ticket, for two key
   * periods (RFC 9325, Section 3.4).
   *
   * @param rotateEvery how long one ticket key issues
   * @param lifetime of a ticket
   */
  public ResumptionPolicy withTimes(Duration rotateEvery, Duration lifetime) {
    return new ResumptionPolicy(
        lifetime,
        longer(lifetime, authenticationLifetimeTls13),
        shorter(rotateEvery.multipliedBy(2), LONGEST_LIFETIME),
        ticketsPerFullHandshake,
        ticketsPerResumedHandshake,
        mostTicketsOnRequest,
        allowOtherServerNames,
        name);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * How many tickets a TLS 1.3 handshake gives. RFC 9149, Section 3: "typically the minimum of the
   * server's self-imposed limit and the number requested".
   *
   * @param request what the client asked for, if it did
   */
  public int tickets(boolean resumed, @Nullable TicketRequest request) {
    int usual = resumed ? ticketsPerResumedHandshake : ticketsPerFullHandshake;
    return request == null || usual == 0
        ? usual
        : Math.min(mostTicketsOnRequest, request.count(resumed));
  }

  /** How long an authentication is resumed in {@code version}. */
  public Duration authenticationLifetime(ProtocolVersion version) {
    return switch (version) {
      case TLS12 -> authenticationLifetimeTls12;
      case TLS13 -> authenticationLifetimeTls13;
    };
  }

  /** How long after its full handshake a session of any version may be resumed. */
  public Duration longestSession() {
    return authenticationLifetimeTls13.compareTo(authenticationLifetimeTls12) > 0
        ? authenticationLifetimeTls13
        : authenticationLifetimeTls12;
  }

  /**
   * When a session made at {@code now} expires: at the earliest of what limits it. What does not
   * limit it is {@link Long#MAX_VALUE}. All in milliseconds since 1970.
   *
   * @param authenticatedAt when the full handshake took place
   * @param keyAcceptUntil when the ticket's key stops to open
   * @param earliestNotAfter the earliest end of a remembered certificate
   */
  public long expiresAt(
      ProtocolVersion version,
      long now,
      long authenticatedAt,
      long keyAcceptUntil,
      long earliestNotAfter) {
    long byPolicy = now + ticketLifetime.toMillis();
    long byAuthentication = authenticatedAt + authenticationLifetime(version).toMillis();
    return Math.min(
        Math.min(byPolicy, byAuthentication), Math.min(keyAcceptUntil, earliestNotAfter));
  }

  /** Why {@code session} must not be resumed at {@code now}, or null if it may. */
  public @Nullable MissReason refuses(Session session, long now) {
    long made = Math.max(session.createdAtMillis(), session.authenticatedAtMillis());
    if (made > now + CLOCK_TOLERANCE.toMillis()) {
      return MissReason.NOT_YET_VALID;
    }
    // Before the ticket's own end, which an old authentication has brought forward.
    long authenticationEnds =
        session.authenticatedAtMillis() + authenticationLifetime(session.version()).toMillis();
    if (now >= authenticationEnds) {
      return MissReason.AUTHENTICATION_TOO_OLD;
    }
    return now >= session.expiresAtMillis() ? MissReason.TICKET_EXPIRED : null;
  }

  private static void requireLifetime(Duration lifetime) {
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
      throw new IllegalArgumentException("A lifetime is 1 second to 7 days, not " + lifetime);
    }
  }

  private static void requireCount(int tickets) {
    if (tickets < 0 || tickets > MOST_TICKETS) {
      throw new IllegalArgumentException("0 to 8 tickets a handshake, not " + tickets);
    }
  }
}
