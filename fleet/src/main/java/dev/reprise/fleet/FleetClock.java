/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The fleet's time: the own clock, corrected by how far it is from Redis's. While Redis is away the
 * last correction holds. Samples are smoothed, unless the own clock or Redis's was set.
 */
final class FleetClock implements InstantSource {
  /** Who differs by more is told of, and followed at once. */
  static final Duration TOLERANCE = Duration.ofSeconds(5);

  private static final long TOLERANCE_MILLIS = TOLERANCE.toMillis();

  /** Redis's answer came somewhere between question and receipt; too far apart it says nothing. */
  private static final long SLOWEST_SAMPLE_MILLIS = 2_000;

  private static final int SMOOTHING = 4;

  private final InstantSource own;
  private volatile long offsetMillis;
  private volatile boolean known;

  FleetClock(InstantSource own) {
    this.own = own;
  }

  @Override
  public Instant instant() {
    return own.instant().plusMillis(offsetMillis);
  }

  @Override
  public long millis() {
    return own.millis() + offsetMillis;
  }

  /** By the own clock, for {@link #sample}. */
  long ownMillis() {
    return own.millis();
  }

  /** How much is added to the own clock. */
  Duration offset() {
    return Duration.ofMillis(offsetMillis);
  }

  /** Whether Redis has ever said its time. */
  boolean isKnown() {
    return known;
  }

  /**
   * What Redis said its time was, and by the own clock when it was asked and when it had answered.
   * Called by one thread.
   *
   * @return whether the own clock is, newly, farther off than {@link #TOLERANCE}
   */
  boolean sample(long askedAt, long answeredAt, long redisMillis) {
    long took = answeredAt - askedAt;
    if (known && (took < 0 || took > SLOWEST_SAMPLE_MILLIS)) {
      return false;
    }
    long before = offsetMillis;
    long sampled = redisMillis - askedAt - Math.max(0, took) / 2;
    boolean follow = !known || Math.abs(sampled - before) > TOLERANCE_MILLIS;
    long after = follow ? sampled : before + (sampled - before) / SMOOTHING;
    boolean wasOff = known && Math.abs(before) > TOLERANCE_MILLIS;
    offsetMillis = after;
    known = true;
    return Math.abs(after) > TOLERANCE_MILLIS && (!wasOff || follow);
  }
}
