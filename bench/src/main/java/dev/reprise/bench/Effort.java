/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured. SunJSSE needs some 5 s until its handshakes are as fast as they will be.
 *
 * @param rounds each of which runs every line and peer once
 * @param forks JVMs for each run; 0: in this one, for tests
 * @param warmUpSeconds before anything counts
 * @param iterations each of which gives one figure, of which the median is told
 * @param iterationMillis the length of each
 */
record Effort(int rounds, int forks, int warmUpSeconds, int iterations, int iterationMillis) {
  static final Effort USUAL = new Effort(2, 1, 8, 20, 250);
  static final Effort QUICK = new Effort(1, 1, 5, 8, 250);

  ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
    return options
        .forks(forks)
        .warmupIterations(warmUpSeconds)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(iterationMillis));
  }

  @Override
  public String toString() {
    return "medians of %d times %d ms, %d JVMs for each figure, %d s of warm-up in each"
        .formatted(iterations, iterationMillis, rounds, warmUpSeconds);
  }
}
