/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.Arrays;

/** What is left of many figures. */
final class Statistics {
  private Statistics() {}

  static double median(double[] values) {
    return quantile(values, 0.5);
  }

  /** Half the interquartile range as a part of the median. */
  static double spread(double[] values) {
    return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
  }

  /** Between two figures it goes along the straight line. NaN if there is none. */
  private static double quantile(double[] values, double part) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = part * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
