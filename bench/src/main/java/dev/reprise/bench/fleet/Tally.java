/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All visits of a load, and those that failed. */
final class Tally {
  private final List<Visit> visits = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();

  synchronized void add(Visit visit) {
    visits.add(visit);
  }

  synchronized void addFailure(Visitor visitor, Exception failure) {
    failures.merge(visitor.title() + ": " + failure, 1, Integer::sum);
  }

  /** How many visits there were, those that failed included. */
  synchronized int all() {
    return visits.size() + failed();
  }

  synchronized int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized Map<String, Integer> failures() {
    return Map.copyOf(failures);
  }

  synchronized List<Visit> where(Predicate<Visit> condition) {
    return visits.stream().filter(condition).toList();
  }

  /** Why sessions that were offered in time have not resumed. */
  static Map<String, Long> reasons(List<Visit> visits) {
    Map<String, Long> reasons = new TreeMap<>();
    visits.stream()
        .filter(Visit::isLoss)
        .forEach(visit ->
            reasons.merge(visit.reason() == null ? "not told" : visit.reason(), 1L, Long::sum));
    return reasons;
  }

  /** How long a share of handshakes took at most, in milliseconds. */
  synchronized double millis(double share) {
    long[] sorted = visits.stream().mapToLong(Visit::tookNanos).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
  }
}
