/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A table for each side's time, with all that other threads did meanwhile and inside its calls
 * alone, for each side's allocated bytes and for what went over the wire, with a line for each
 * handshake and a column for each peer. Whose side other threads worked for cannot be told: what
 * they did counts in full on either.
 */
final class HandshakeTable {
  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;
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
        table.of("server µs", table.withOthers("serverNanos"), OpenSsl.Figures::serverNanos),
        table.of("server µs, in its calls", table.of("serverNanos"), OpenSsl.Figures::serverNanos),
        table.of("client µs", table.withOthers("clientNanos"), OpenSsl.Figures::clientNanos),
        table.of("client µs, in its calls", table.of("clientNanos"), OpenSsl.Figures::clientNanos),
        table.of("server kB allocated in Java", table.of("serverBytes"), _ -> Double.NaN),
        table.of("client kB allocated in Java", table.of("clientBytes"), _ -> Double.NaN),
        table.ofEach("handshakes/s, goodbye included", table::perSecond, _ -> CANNOT),
        table.ofEach(
            "bytes to server / to client; flights", table::traffic, table::openSslTraffic));
  }

  private String ofEach(
      String title, Function<Cell, String> text, Function<HandshakeLine, String> openSsl) {
    Markdown table = new Markdown(head(title).toArray(new String[0]));
    for (HandshakeLine line : choice.handshakes()) {
      List<String> cells = new ArrayList<>(List.of(line.title()));
      for (Peer peer : choice.peers()) {
        cells.add(line.isDoneBy(peer) ? text.apply(Cell.handshake(peer, line)) : CANNOT);
      }
      if (measured.hasOpenSsl()) {
        cells.add(OpenSsl.has(line) ? openSsl.apply(line) : CANNOT);
      }
      table.line(cells.toArray(new String[0]));
    }
    return table.toString();
  }

  private ToDoubleFunction<Cell> of(String counter) {
    return cell -> measured.counter(cell, counter);
  }

  private ToDoubleFunction<Cell> withOthers(String counter) {
    return cell -> measured.counter(cell, counter) + measured.scattered(cell, "otherThreadsNanos");
  }

  private String perSecond(Cell cell) {
    return String.format(Locale.ROOT, "%.0f", MILLION / measured.score(cell));
  }

  private String openSslTraffic(HandshakeLine line) {
    return String.format(
        Locale.ROOT,
        "%.0f / %.0f; %.0f",
        measured.openSsl(line, OpenSsl.Figures::bytesToServer),
        measured.openSsl(line, OpenSsl.Figures::bytesToClient),
        measured.openSsl(line, OpenSsl.Figures::flights));
  }

  private String traffic(Cell cell) {
    return String.format(
        Locale.ROOT,
        "%.0f / %.0f; %.0f",
        measured.counter(cell, "bytesToServer"),
        measured.counter(cell, "bytesToClient"),
        measured.counter(cell, "flights"));
  }

  private String of(
      String title, ToDoubleFunction<Cell> figure, ToDoubleFunction<OpenSsl.Figures> openSsl) {
    List<String> head = head(title);
    head.add("reprise to sunjsse");
    head.add("reprise to the least other");
    Markdown text = new Markdown(head.toArray(new String[0]));
    for (HandshakeLine line : choice.handshakes()) {
      text.line(line(line, figure, measured.openSsl(line, openSsl)));
    }
    return text.toString();
  }

  private List<String> head(String title) {
    List<String> head = new ArrayList<>(List.of(title));
    choice.peers().forEach(peer -> head.add(peer.title()));
    if (measured.hasOpenSsl()) {
      head.add("openssl");
    }
    return head;
  }

  private String[] line(HandshakeLine line, ToDoubleFunction<Cell> figure, double openSsl) {
    List<String> cells = new ArrayList<>(List.of(line.title()));
    for (Peer peer : choice.peers()) {
      double cost = cost(peer, line, figure);
      cells.add(Double.isNaN(cost) ? CANNOT : Markdown.number(cost));
    }
    if (measured.hasOpenSsl()) {
      cells.add(Double.isNaN(openSsl) ? CANNOT : Markdown.number(openSsl / THOUSAND));
    }
    double ours = cost(Peer.REPRISE, line, figure);
    cells.add(ratio(ours, cost(Peer.SUNJSSE, line, figure)));
    cells.add(ratio(ours, least(leastOther(line, figure), openSsl / THOUSAND)));
    return cells.toArray(new String[0]);
  }

  private double leastOther(HandshakeLine line, ToDoubleFunction<Cell> figure) {
    return choice.peers().stream()
        .filter(peer -> !peer.isReprise())
        .mapToDouble(peer -> cost(peer, line, figure))
        .filter(cost -> !Double.isNaN(cost))
        .min()
        .orElse(Double.NaN);
  }

  private static double least(double one, double other) {
    return Double.isNaN(other) ? one : Double.isNaN(one) ? other : Math.min(one, other);
  }

  private static String ratio(double ours, double theirs) {
    return Double.isNaN(ours / theirs) ? CANNOT : Markdown.ratio(ours, theirs);
  }

  /** NaN if it was not measured. */
  private double cost(Peer peer, HandshakeLine line, ToDoubleFunction<Cell> figure) {
    return choice.peers().contains(peer) && line.isDoneBy(peer)
        ? figure.applyAsDouble(Cell.handshake(peer, line)) / THOUSAND
        : Double.NaN;
  }
}
