/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when told to. Safe to share between threads. */
public final class FakeClock implements InstantSource {
  /** Where a clock stands unless told otherwise; every {@link TestIdentity} is valid then. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now;

  private FakeClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  public static FakeClock create() {
    return at(START);
  }

  public static FakeClock at(Instant start) {
    return new FakeClock(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock by {@code step}, backwards if it is negative, and returns the new time. */
  public Instant advance(Duration step) {
    return now.updateAndGet(before -> before.plus(step));
  }

  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public String toString() {
    return "FakeClock[" + now + "]";
  }
}
