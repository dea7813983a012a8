/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node has counted, in this life and in those before.
 *
 * @param handshakes that were done
 * @param here resumed, of a session that this node has made
 * @param elsewhere resumed, of a session that another node has made
 * @param unknown resumed, of a session so old that the node does not know any more
 * @param full by reason; by an empty one where none is told
 * @param failed handshakes that were not done
 * @param keysHeld ticket keys now
 */
public record NodeCounts(
    long handshakes,
    long here,
    long elsewhere,
    long unknown,
    Map<String, Long> full,
    long failed,
    long keysHeld) {
  public static final NodeCounts NONE = new NodeCounts(0, 0, 0, 0, Map.of(), 0, 0);

  private static final Pattern LINE =
      Pattern.compile("(reprise_\\w+)(?:\\{([^}]*)})? ([0-9.E+-]+)");

  public NodeCounts {
    full = Map.copyOf(full);
  }

  /** Reads what {@code /metrics} answers. */
  static NodeCounts parse(String metrics) {
    Sums sums = new Sums();
    metrics.lines().map(LINE::matcher).filter(Matcher::matches).forEach(sums::add);
    return sums.counts();
  }

  /** Both together; keys are held now, by {@code later}. */
  NodeCounts plus(NodeCounts later) {
    Map<String, Long> reasons = new TreeMap<>(full);
    later.full.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    return new NodeCounts(
        handshakes + later.handshakes,
        here + later.here,
        elsewhere + later.elsewhere,
        unknown + later.unknown,
        reasons,
        failed + later.failed,
        later.keysHeld);
  }

  private static final class Sums {
    private final Map<String, Long> full = new TreeMap<>();
    private long handshakes;
    private long fullHandshakes;
    private long here;
    private long elsewhere;
    private long unknown;
    private long failed;
    private long keysHeld;

    void add(Matcher line) {
      String labels = line.group(2) == null ? "" : line.group(2);
      long value = (long) Double.parseDouble(line.group(3));
      switch (line.group(1)) {
        case "reprise_handshakes_total" -> addHandshakes(labels, value);
        case "reprise_resumptions_total" -> addResumptions(labels, value);
        case "reprise_resumption_misses_total" -> addMisses(labels, value);
        case "reprise_handshakes_failed_total" -> failed += value;
        case "reprise_fleet_keys_held" -> keysHeld = value;
        default -> {}
      }
    }

    private void addHandshakes(String labels, long value) {
      handshakes += value;
      if (labels.contains("handshake=\"full\"")) {
        fullHandshakes += value;
      }
    }

    private void addResumptions(String labels, long value) {
      switch (value(labels, "made")) {
        case "here" -> here += value;
        case "elsewhere" -> elsewhere += value;
        default -> unknown += value;
      }
    }

    private void addMisses(String labels, long value) {
      if (value > 0) {
        full.merge(value(labels, "reason"), value, Long::sum);
      }
    }

    NodeCounts counts() {
      long told = full.values().stream().mapToLong(Long::longValue).sum();
      if (fullHandshakes > told) {
        full.put("", fullHandshakes - told);
      }
      return new NodeCounts(handshakes, here, elsewhere, unknown, full, failed, keysHeld);
    }

    private static String value(String labels, String name) {
      Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(labels);
      return matcher.find() ? matcher.group(1) : "";
    }
  }
}
