/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.time.Duration;

/**
 * How long the gateway waits for others.
 *
 * @param handshake from the accepted connection to the end of the handshake, in all
 * @param connect for a backend to accept a connection
 * @param idle without a byte in either direction on the client's side
 * @param drain at the end, for open connections to finish; may be zero
 */
public record Timeouts(Duration handshake, Duration connect, Duration idle, Duration drain) {
  /** Whoever waits longer means not to wait at all, or forgot the unit. */
  public static final Duration LONGEST = Duration.ofDays(1);

  public static final Duration SHORTEST = Duration.ofMillis(1);

  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10));

  public Timeouts {
    check(handshake, SHORTEST);
    check(connect, SHORTEST);
    check(idle, SHORTEST);
    check(drain, Duration.ZERO);
  }

  private static void check(Duration wait, Duration shortest) {
    if (wait.compareTo(shortest) < 0 || wait.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a wait of " + wait);
    }
  }

  public Timeouts withHandshake(Duration other) {
    return new Timeouts(other, connect, idle, drain);
  }

  public Timeouts withConnect(Duration other) {
    return new Timeouts(handshake, other, idle, drain);
  }

  public Timeouts withIdle(Duration other) {
    return new Timeouts(handshake, connect, other, drain);
  }

  public Timeouts withDrain(Duration other) {
    return new Timeouts(handshake, connect, idle, other);
  }
}
