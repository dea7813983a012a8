/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for each side's time and for each side's allocated bytes, with a line for each handshake
 * and a column for each peer.
 */
final class HandshakeTable {
  private static final double THOUSAND = 1e3;
  private static final String CANNOT = "-";

  private final Measurements measured;
  private final Choice choice;

  private HandshakeTable(Measurements measured, Choice choice) {
    this.measured = measured;
    this.choice = choice;
  }

  static String of(Measurements measured, Choice choice) {
    HandshakeTable table = new HandshakeTable(measured, choice);
    return String.join(
        "\n",
        table.of("server µs", "serverNanos"),
        table.of("client µs", "clientNanos"),
        table.of("server kB allocated in Java", "serverBytes"),
        table.of("client kB allocated in Java", "clientBytes"));
  }

  private String of(String title, String counter) {
    List<String> head = new ArrayList<>(List.of(title));
    choice.peers().forEach(peer -> head.add(peer.title()));
    head.add("reprise to sunjsse");
    head.add("reprise to the least other");
    Markdown text = new Markdown(head.toArray(new String[0]));
    for (HandshakeLine line : choice.handshakes()) {
      text.line(line(line, counter));
    }
    return text.toString();
  }

  private String[] line(HandshakeLine line, String counter) {
    List<String> cells = new ArrayList<>(List.of(line.title()));
    for (Peer peer : choice.peers()) {
      double cost = cost(peer, line, counter);
      cells.add(Double.isNaN(cost) ? CANNOT : Markdown.number(cost));
    }
    double ours = cost(Peer.REPRISE, line, counter);
    cells.add(ratio(ours, cost(Peer.SUNJSSE, line, counter)));
    cells.add(ratio(ours, leastOther(line, counter)));
    return cells.toArray(new String[0]);
  }

  private double leastOther(HandshakeLine line, String counter) {
    return choice.peers().stream()
        .filter(peer -> !peer.isReprise())
        .mapToDouble(peer -> cost(peer, line, counter))
        .filter(cost -> !Double.isNaN(cost))
        .min()
        .orElse(Double.NaN);
  }

  private static String ratio(double ours, double theirs) {
    return Double.isNaN(ours / theirs) ? CANNOT : Markdown.ratio(ours, theirs);
  }

  /** NaN if it was not measured. */
  private double cost(Peer peer, HandshakeLine line, String counter) {
    return choice.peers().contains(peer) && peer.has(line.scenario())
        ? measured.counter(Cell.handshake(peer, line), counter) / THOUSAND
        : Double.NaN;
  }
}
