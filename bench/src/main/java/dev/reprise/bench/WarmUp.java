/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Does what is to be measured until the JVM's compilers have come to rest. While they work, code
 * runs that will be replaced, and they take the processor from it: on two busy processors TLS takes
 * them half a minute.
 */
final class WarmUp {
  /** Of the JVM that measures: how long it takes at most, in seconds. None: there is no warm-up. */
  static final String MOST_SECONDS = "dev.reprise.bench.warmUpSeconds";

  /** What else the JVM does meanwhile: collections, and threads that wake up for nothing. */
  private static final double MOST_OF_OTHERS = 0.05;

  private static final int SECONDS_OF_REST = 3;

  private final OtherThreads others = new OtherThreads();
  private final int mostSeconds;

  private WarmUp(int mostSeconds) {
    this.mostSeconds = mostSeconds;
  }

  static void with(Callable<?> work) throws Exception {
    new WarmUp(Integer.getInteger(MOST_SECONDS, 0)).run(work);
  }

  private void run(Callable<?> work) throws Exception {
    int rested = 0;
    for (int second = 0; second < mostSeconds && rested < SECONDS_OF_REST; second++) {
      others.begin();
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(1)) {
        Object _ = work.call();
      }
      double share = (double) others.nanos() / TimeUnit.SECONDS.toNanos(1);
      rested = share < MOST_OF_OTHERS ? rested + 1 : 0;
    }
    if (mostSeconds > 0 && rested < SECONDS_OF_REST) {
      System.err.println("The compilers have not come to rest in " + mostSeconds + " s");
    }
  }
}
