/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.util.Map;
import java.util.TreeMap;

/** Counts the cells that held, so that a run says how many there were. */
final class Tally {
  private final String pairing;
  private final Map<String, Integer> counts = new TreeMap<>();

  Tally(String pairing) {
    this.pairing = pairing;
  }

  synchronized void count(Cell cell) {
    counts.merge(cell.version().jsseName() + " " + cell.mode(), 1, Integer::sum);
  }

  synchronized void print() {
    int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(pairing + ": " + sum + " cells held, " + counts);
  }
}
