/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import dev.reprise.gateway.TlsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of a load.
 *
 * @param redisBackNanos when Redis was back; null: it was never away
 */
record FleetResult(
    TlsProvider provider, FleetLoad load, Tally tally, @Nullable Long redisBackNanos) {
  private static final double PERCENT = 100;

  /** A line for each kind of client, and one for all. */
  List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>();
    for (Visitor visitor : Visitor.values()) {
      lines.add(line(visitor.title(), visit -> visit.visitor() == visitor));
    }
    lines.add(line("all", _ -> true));
    return lines;
  }

  private List<String> line(String title, Predicate<Visit> which) {
    List<Visit> visits = tally.where(which);
    long offered = visits.stream().filter(Visit::offered).count();
    long resumed = visits.stream().filter(visit -> visit.offered() && visit.resumed()).count();
    return List.of(
        provider.providerName(),
        title,
        number(visits.size()),
        number(offered),
        number(resumed),
        offered == 0 ? "-" : String.format(Locale.ROOT, "%.3f %%", PERCENT * resumed / offered),
        reasons(Tally.reasons(visits)));
  }

  /** All of it, to be kept. */
  Figures figures() {
    List<Group> groups = new ArrayList<>();
    for (Visitor visitor : Visitor.values()) {
      List<Visit> visits = tally.where(visit -> visit.visitor() == visitor);
      groups.add(
          new Group(
              visitor.title(),
              visits.size(),
              visits.stream().filter(Visit::offered).count(),
              visits.stream().filter(visit -> visit.offered() && visit.resumed()).count(),
              Tally.reasons(visits)));
    }
    return new Figures(
        provider.providerName(),
        load.handshakesPerSecond(),
        tally.all(),
        tally.failed(),
        tally.millis(0.5),
        tally.millis(0.99),
        groups);
  }

  /** What is kept of one kind of client. */
  record Group(
      String clients, long handshakes, long offered, long resumed, Map<String, Long> reasons) {}

  /** What is kept of a load. */
  record Figures(
      String provider,
      long handshakesPerSecond,
      long handshakes,
      long failed,
      double p50Millis,
      double p99Millis,
      List<Group> groups) {}

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String reasons(Map<String, Long> reasons) {
    return reasons.isEmpty()
        ? "-"
        : reasons.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
  }

  /** What the table does not say. */
  String notes() {
    StringBuilder notes = new StringBuilder();
    notes.append(
        String.format(
            Locale.ROOT,
            "%s: %,d handshakes in %d s, %d failed%s; half of them took %.1f ms at most, 99 %% %.1f"
                + " ms.",
            provider.providerName(),
            tally.all(),
            load.length().toSeconds(),
            tally.failed(),
            tally.failures().isEmpty() ? "" : " " + tally.failures(),
            tally.millis(0.5),
            tally.millis(0.99)));
    if (redisBackNanos != null) {
      notes.append(' ').append(comeback(redisBackNanos));
    }
    return notes.toString();
  }

  /** A session that was made while Redis was away, or before, may be lost with it. */
  private String comeback(long backNanos) {
    long last =
        tally
            .where(visit ->
                visit.visitor() == Visitor.TLS12_SESSION_ID
                    && visit.isLoss()
                    && visit.madeAtNanos() > backNanos)
            .stream()
            .mapToLong(visit -> visit.madeAtNanos() - backNanos)
            .max()
            .orElse(0);
    return String.format(
        Locale.ROOT,
        "Redis was away for %d s; by session ID resumes every session that was made %.1f s after"
            + " its return or later.",
        load.killFor().toSeconds(),
        last / 1e9);
  }
}
