/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured.
 *
 * @param rounds each of which runs every line and peer once
 * @param forks JVMs for each run; 0: in this one, for tests
 * @param mostWarmUpSeconds for the compilers to come to rest before anything counts
 * @param iterations each of which gives one figure, of which the median is told
 * @param iterationMillis the length of each
 */
record Effort(int rounds, int forks, int mostWarmUpSeconds, int iterations, int iterationMillis) {
  static final Effort USUAL = new Effort(2, 1, 60, 50, 100);
  static final Effort QUICK = new Effort(1, 1, 30, 20, 100);

  /** Of a second each, for what is so small that it is compiled in no time. */
  private static final int WARM_UP_ITERATIONS = 5;

  ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
    return options
        .forks(forks)
        .jvmArgsAppend("-D" + WarmUp.MOST_SECONDS + "=" + mostWarmUpSeconds)
        .warmupIterations(mostWarmUpSeconds == 0 ? 0 : WARM_UP_ITERATIONS)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(iterationMillis));
  }

  @Override
  public String toString() {
    return "medians of %d times %d ms in each of %d JVMs, once its compilers rest, or after %d s"
        .formatted(iterations, iterationMillis, rounds, mostWarmUpSeconds);
  }
}
