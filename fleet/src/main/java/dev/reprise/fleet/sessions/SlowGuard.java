/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.fleet.SessionStoreCounts;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a Redis that is slow from costing every handshake its deadline: after 10 late answers of 20
 * no call is sent for half a second, and then two, to see. What fails at once costs nothing, and
 * counts neither way.
 */
final class SlowGuard {
  private static final int WINDOW = 20;
  private static final float MOST_LATE_PERCENT = 50;
  private static final int PROBES = 2;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "session store",
          CircuitBreakerConfig.custom()
              .slidingWindowType(SlidingWindowType.COUNT_BASED)
              .slidingWindowSize(WINDOW)
              .minimumNumberOfCalls(WINDOW / 2)
              .failureRateThreshold(MOST_LATE_PERCENT)
              .waitDurationInOpenState(PAUSE)
              .permittedNumberOfCallsInHalfOpenState(PROBES)
              .clock(new Monotonic())
              .build());

  /** Whether a call may be sent; then one of the methods below must follow. */
  boolean admits() {
    return breaker.tryAcquirePermission();
  }

  void inTime(long nanos) {
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
  }

  void late(long nanos, Throwable failure) {
    breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
  }

  void neither() {
    breaker.releasePermission();
  }

  SessionStoreCounts.Breaker state() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> SessionStoreCounts.Breaker.OPEN;
      case HALF_OPEN -> SessionStoreCounts.Breaker.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> SessionStoreCounts.Breaker.CLOSED;
    };
  }

  /** Time that nobody sets: with the system's, a step back by an hour would be an hour's pause. */
  private static final class Monotonic extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(0, System.nanoTime());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
