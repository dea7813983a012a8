/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Who comes, and what happens meanwhile. Clients come when they like, not when they are served: one
 * who is served late comes back none the later.
 *
 * @param clients each of which has a session when the load begins
 * @param meanReturn on average between two visits of a client, which makes clients / meanReturn
 *     handshakes a second
 * @param longestReturn at most; a second at least
 * @param length of all
 * @param restartAt when all nodes are started anew, one after the other: soon enough for the last
 *     one to be there before {@code killAt}, since who starts without Redis does not get the keys
 * @param killAt when Redis is killed, if it is
 * @param killFor how long it is away then
 */
public record FleetLoad(
    int nodes,
    int clients,
    Duration meanReturn,
    Duration longestReturn,
    Duration length,
    Duration rotateEvery,
    Duration ticketLifetime,
    Duration restartAt,
    Duration killAt,
    Duration killFor) {
  /** 500 handshakes a second for two minutes. */
  public static final FleetLoad USUAL =
      new FleetLoad(
          3,
          10_000,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(80),
          Duration.ofSeconds(20));

  /** A first look: 250 a second, and sessions are not offered for as long. */
  public static final FleetLoad QUICK =
      new FleetLoad(
          3,
          1_250,
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofSeconds(4),
          Duration.ofSeconds(40),
          Duration.ofSeconds(6),
          Duration.ofSeconds(8),
          Duration.ofSeconds(5));

  private static final Duration SHORTEST_RETURN = Duration.ofSeconds(1);

  /**
   * When a client comes back for the first time: at a time that falls into some absence of one who
   * has been coming all along, so that the rate is the same from the first second on.
   */
  Duration firstVisit(RandomGenerator random) {
    Duration absence = absence(random);
    // Long absences are met more often.
    while (random.nextDouble() * longestReturn.toNanos() > absence.toNanos()) {
      absence = absence(random);
    }
    return Duration.ofNanos((long) (absence.toNanos() * random.nextDouble()));
  }

  /** How long a client stays away: rather shortly, so that the mean is what it is to be. */
  Duration absence(RandomGenerator random) {
    double range = longestReturn.minus(SHORTEST_RETURN).toNanos();
    double power = range / meanReturn.minus(SHORTEST_RETURN).toNanos() - 1;
    return SHORTEST_RETURN.plusNanos((long) (range * Math.pow(random.nextDouble(), power)));
  }

  /** The same with as many clients as make {@code handshakes} a second. */
  public FleetLoad withRate(int handshakes) {
    return new FleetLoad(
        nodes,
        (int) (handshakes * meanReturn.toSeconds()),
        meanReturn,
        longestReturn,
        length,
        rotateEvery,
        ticketLifetime,
        restartAt,
        killAt,
        killFor);
  }

  long handshakesPerSecond() {
    return clients / meanReturn.toSeconds();
  }
}
