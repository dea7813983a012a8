/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what will be so, and not for a time: as short as it can, and with an end. */
public final class Await {
  /** Long enough for a loaded machine, short enough to fail before the test run gives up. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long STEP_NANOS = 2_000_000;

  /** What is asked again and again; it counts as not so while it throws. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /** Returns as soon as {@code condition} holds. */
  public static void until(String what, Condition condition) {
    until(what, PATIENCE, condition);
  }

  /** Returns as soon as {@code condition} holds, and how long that took. */
  public static Duration until(String what, Duration patience, Condition condition) {
    long start = System.nanoTime();
    @Nullable Exception last = null;
    do {
      try {
        if (condition.holds()) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(STEP_NANOS);
    } while (System.nanoTime() - start < patience.toNanos());
    throw new AssertionError("not within " + patience + ": " + what, last);
  }
}
