/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.Arrays;

/**
 * The costs of an iteration's events, one by one, for their median: on a machine that does other
 * things as well a few events are interrupted, and take a hundred times as long.
 */
final class Samples {
  /** Of more events than that the last ones are kept. */
  private static final int MOST = 1 << 16;

  private final long[] nanos = new long[MOST];
  private long count;
  private long bytes;

  void clear() {
    count = 0;
    bytes = 0;
  }

  void add(Cost cost) {
    nanos[(int) (count++ % MOST)] = cost.nanos();
    bytes += cost.bytes();
  }

  /** The median of the times. NaN if there is none. */
  double nanos() {
    long[] kept = Arrays.copyOf(nanos, (int) Math.min(count, MOST));
    return Statistics.median(Arrays.stream(kept).asDoubleStream().toArray());
  }

  /** The mean of the allocated bytes, which nobody else disturbs. NaN if there is none. */
  double bytes() {
    return (double) bytes / count;
  }
}
