/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The nodes in rows, and all of them in a last one. */
public final class FleetTable {
  private static final List<String> HEADINGS =
      List.of(
          "node",
          "address",
          "state",
          "open",
          "handshakes",
          "resumed here",
          "resumed elsewhere",
          "failed",
          "keys",
          "full, by reason");

  /** The first and the last columns are words, the others numbers. */
  private static final int FIRST_NUMBER = 3;

  private static final int LAST_NUMBER = 8;

  private FleetTable() {}

  /** The lines of it. */
  public static List<String> of(List<NodeView> nodes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    nodes.forEach(node -> rows.add(row(node)));
    rows.add(sum(nodes));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(NodeView node) {
    return cells(node.name(), node.address(), node.state(), node.open(), node.counts());
  }

  private static List<String> sum(List<NodeView> nodes) {
    NodeCounts all = nodes.stream().map(NodeView::counts).reduce(NodeCounts.NONE, NodeCounts::plus);
    return cells("all", "", "", nodes.stream().mapToInt(NodeView::open).sum(), all);
  }

  private static List<String> cells(
      String name, String address, String state, int open, NodeCounts counts) {
    return List.of(
        name,
        address,
        state,
        Integer.toString(open),
        Long.toString(counts.handshakes()),
        Long.toString(counts.here()) + (counts.unknown() > 0 ? "+" + counts.unknown() + "?" : ""),
        Long.toString(counts.elsewhere()),
        Long.toString(counts.failed()),
        counts.keysHeld() == 0 ? "-" : Long.toString(counts.keysHeld()),
        reasons(counts.full()));
  }

  private static String reasons(Map<String, Long> full) {
    return full.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(each -> each.getValue() + (each.getKey().isEmpty() ? "" : " " + each.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      boolean number = i >= FIRST_NUMBER && i <= LAST_NUMBER;
      line.append(i == 0 ? "" : "  ").append(number ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }
}
