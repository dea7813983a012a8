/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.resumption.MemorySessionStore;
import java.time.Duration;

/**
 * What the gateway remembers of sessions, where and for how long.
 *
 * @param storeBytes memory that the session store may take
 * @param rotateEvery how long one ticket key issues
 * @param ticketLifetime how long a ticket is honoured
 */
public record ResumptionSettings(
    SessionTickets tickets, long storeBytes, Duration rotateEvery, Duration ticketLifetime) {
  /** RFC 8446, Section 4.6.1: "Servers MUST NOT use any value greater than 604800 seconds". */
  public static final Duration LONGEST_TICKET_LIFETIME = Duration.ofDays(7);

  /** Whoever has a key opens all that it sealed; a week of it is more than enough. */
  public static final Duration LONGEST_ROTATION = Duration.ofDays(7);

  /** Below this a store holds next to nothing, and somebody forgot the unit. */
  public static final long SMALLEST_STORE = 64 << 10;

  /** A ring holds as many keys as lifetimes overlap. */
  public static final int MOST_ROTATIONS_IN_A_LIFETIME = 1_000;

  public static final ResumptionSettings DEFAULT =
      new ResumptionSettings(
          SessionTickets.SEALED,
          MemorySessionStore.DEFAULT_BYTES,
          Duration.ofHours(6),
          Duration.ofHours(6));

  public ResumptionSettings {
    if (storeBytes < SMALLEST_STORE) {
      throw new IllegalArgumentException("a store of " + storeBytes + " bytes");
    }
    if (rotateEvery.toSeconds() < 1 || ticketLifetime.toSeconds() < 1) {
      throw new IllegalArgumentException("below a second: " + rotateEvery + ", " + ticketLifetime);
    }
    if (ticketLifetime.compareTo(LONGEST_TICKET_LIFETIME) > 0) {
      throw new IllegalArgumentException("tickets that live " + ticketLifetime);
    }
    if (rotateEvery.compareTo(LONGEST_ROTATION) > 0) {
      throw new IllegalArgumentException("keys that issue for " + rotateEvery);
    }
    if (ticketLifetime.dividedBy(rotateEvery) > MOST_ROTATIONS_IN_A_LIFETIME) {
      throw new IllegalArgumentException(
          "more than " + MOST_ROTATIONS_IN_A_LIFETIME + " keys at once");
    }
  }
}
