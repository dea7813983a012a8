/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A line for each scenario: each side's time, then its allocated bytes, of one peer and another.
 */
final class HandshakeTable {
  private static final double NANOS_IN_MICRO = 1e3;
  private static final double BYTES_IN_KILOBYTE = 1e3;

  private final Measurements measured;

  private HandshakeTable(Measurements measured) {
    this.measured = measured;
  }

  static String of(Measurements measured) {
    HandshakeTable table = new HandshakeTable(measured);
    Markdown text =
        new Markdown(
            "handshake",
            "server µs: reprise",
            "sunjsse",
            "ratio",
            "client µs: reprise",
            "sunjsse",
            "ratio",
            "server kB: reprise",
            "sunjsse",
            "ratio",
            "client kB: reprise",
            "sunjsse",
            "ratio");
    for (Scenario scenario : Scenario.values()) {
      text.line(table.line(scenario));
    }
    return text.toString();
  }

  private String[] line(Scenario scenario) {
    List<String> cells = new ArrayList<>(List.of(scenario.title()));
    compare(cells, scenario, "serverNanos", NANOS_IN_MICRO);
    compare(cells, scenario, "clientNanos", NANOS_IN_MICRO);
    compare(cells, scenario, "serverBytes", BYTES_IN_KILOBYTE);
    compare(cells, scenario, "clientBytes", BYTES_IN_KILOBYTE);
    return cells.toArray(new String[0]);
  }

  private void compare(List<String> cells, Scenario scenario, String counter, double unit) {
    double ours = cost(Peer.REPRISE, scenario, counter) / unit;
    double theirs = cost(Peer.SUNJSSE, scenario, counter) / unit;
    cells.add(Markdown.number(ours));
    cells.add(Markdown.number(theirs));
    cells.add(Markdown.ratio(ours, theirs));
  }

  private double cost(Peer peer, Scenario scenario, String counter) {
    return measured.counter(Cell.handshake(peer, scenario), counter);
  }
}
