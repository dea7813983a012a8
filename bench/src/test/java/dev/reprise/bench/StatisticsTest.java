/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private static final double EXACT = 1e-12;

  @Test
  void takesTheMiddleOfAnUnsortedRow() {
    assertEquals(3, Statistics.median(new double[] {5, 1, 3}), EXACT);
    assertEquals(2.5, Statistics.median(new double[] {4, 1, 3, 2}), EXACT);
    assertTrue(Double.isNaN(Statistics.median(new double[0])));
  }

  @Test
  void tellsHalfTheInterquartileRangeAsAPartOfTheMedian() {
    assertEquals(1 / 3.0, Statistics.spread(new double[] {1, 2, 3, 4, 5}), EXACT);
    assertEquals(0, Statistics.spread(new double[] {7, 7, 7}), EXACT);
  }
}
