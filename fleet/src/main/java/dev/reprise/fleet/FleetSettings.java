/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a node takes part in its fleet. All nodes should have the same; where they differ in the
 * times, those of the fleet's first node hold.
 *
 * @param address where Redis is
 * @param name of the fleet, 1 to 64 letters, digits, dots, hyphens and underscores: several fleets
 *     may use one Redis
 * @param node what people call this node, at most 255 bytes; nothing goes by it
 * @param rotateEvery how long a ticket key issues
 * @param ticketLifetime how long a key opens after it has stopped to issue
 * @param storeDeadline how long a handshake waits for Redis, then goes on as a full one
 */
public record FleetSettings(
    RedisAddress address,
    String name,
    String node,
    Duration rotateEvery,
    Duration ticketLifetime,
    Duration storeDeadline) {
  /** Of fleets that were given no name. */
  public static final String DEFAULT_NAME = "reprise";

  /** A quarter of what a person takes for at once. */
  public static final Duration DEFAULT_STORE_DEADLINE = Duration.ofMillis(50);

  private static final Duration DEFAULT_TIME = Duration.ofHours(6);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
  private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
  private static final int POLLS_IN_A_PERIOD = 10;

  public FleetSettings {
    if (!isName(name)) {
      throw new IllegalArgumentException("a fleet named " + name);
    }
    if (rotateEvery.toSeconds() < 1 || ticketLifetime.toSeconds() < 1) {
      throw new IllegalArgumentException("below a second: " + rotateEvery + ", " + ticketLifetime);
    }
    if (storeDeadline.toMillis() < 1) {
      throw new IllegalArgumentException("below a millisecond: " + storeDeadline);
    }
  }

  /** The usual: a new key every 6 h, tickets that live as long, 50 ms for Redis. */
  public static FleetSettings of(RedisAddress address, String node) {
    return new FleetSettings(
        address, DEFAULT_NAME, node, DEFAULT_TIME, DEFAULT_TIME, DEFAULT_STORE_DEADLINE);
  }

  /** The same in the fleet of another name. */
  public FleetSettings withName(String other) {
    return new FleetSettings(address, other, node, rotateEvery, ticketLifetime, storeDeadline);
  }

  /** The same with other times. */
  public FleetSettings withTimes(Duration otherRotateEvery, Duration otherTicketLifetime) {
    return new FleetSettings(
        address, name, node, otherRotateEvery, otherTicketLifetime, storeDeadline);
  }

  /** The same with another patience for Redis. */
  public FleetSettings withStoreDeadline(Duration deadline) {
    return new FleetSettings(address, name, node, rotateEvery, ticketLifetime, deadline);
  }

  /** Whether a fleet may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** How often a node looks at what the others have written, if no notice makes it look sooner. */
  public Duration pollEvery() {
    return pollEvery(rotateEvery);
  }

  /** The same where others' times hold. */
  public static Duration pollEvery(Duration rotateEvery) {
    Duration part = rotateEvery.dividedBy(POLLS_IN_A_PERIOD);
    if (part.compareTo(SHORTEST_POLL) < 0) {
      return SHORTEST_POLL;
    }
    return part.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : part;
  }

  /**
   * A key in Redis. Those of one fleet lie in one slot of a cluster, so that a script may touch
   * several, but for sessions, which are spread.
   */
  public byte[] key(String part) {
    return ("{" + name + "}:" + part).getBytes(StandardCharsets.US_ASCII);
  }

  /** What the keys of sessions in Redis begin with. */
  public byte[] sessionPrefix() {
    return (name + ":s:").getBytes(StandardCharsets.US_ASCII);
  }
}
