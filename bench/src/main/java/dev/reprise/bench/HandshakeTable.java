/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A table for each side's time inside its calls, for what other threads did meanwhile, for each
 * side's allocated bytes and for what went over the wire, with a line for each handshake and a
 * column for each peer.
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
        table.of("server µs", "serverNanos", OpenSsl.Figures::serverNanos),
        table.of("client µs", "clientNanos", OpenSsl.Figures::clientNanos),
        table.ofEach("other threads µs, both sides", table::otherThreads, _ -> CANNOT),
        table.of("server kB allocated in Java", "serverBytes", _ -> Double.NaN),
        table.of("client kB allocated in Java", "clientBytes", _ -> Double.NaN),
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

  private String otherThreads(Cell cell) {
    return Markdown.number(measured.scattered(cell, "otherThreadsNanos") / THOUSAND);
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

  private String of(String title, String counter, ToDoubleFunction<OpenSsl.Figures> openSsl) {
    List<String> head = head(title);
    head.add("reprise to sunjsse");
    head.add("reprise to the least other");
    Markdown text = new Markdown(head.toArray(new String[0]));
    for (HandshakeLine line : choice.handshakes()) {
      text.line(line(line, counter, measured.openSsl(line, openSsl)));
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

  private String[] line(HandshakeLine line, String counter, double openSsl) {
    List<String> cells = new ArrayList<>(List.of(line.title()));
    for (Peer peer : choice.peers()) {
      double cost = cost(peer, line, counter);
      cells.add(Double.isNaN(cost) ? CANNOT : Markdown.number(cost));
    }
    if (measured.hasOpenSsl()) {
      cells.add(Double.isNaN(openSsl) ? CANNOT : Markdown.number(openSsl / THOUSAND));
    }
    double ours = cost(Peer.REPRISE, line, counter);
    cells.add(ratio(ours, cost(Peer.SUNJSSE, line, counter)));
    cells.add(ratio(ours, least(leastOther(line, counter), openSsl / THOUSAND)));
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

  private static double least(double one, double other) {
    return Double.isNaN(other) ? one : Double.isNaN(one) ? other : Math.min(one, other);
  }

  private static String ratio(double ours, double theirs) {
    return Double.isNaN(ours / theirs) ? CANNOT : Markdown.ratio(ours, theirs);
  }

  /** NaN if it was not measured. */
  private double cost(Peer peer, HandshakeLine line, String counter) {
    return choice.peers().contains(peer) && line.isDoneBy(peer)
        ? measured.counter(Cell.handshake(peer, line), counter) / THOUSAND
        : Double.NaN;
  }
}
