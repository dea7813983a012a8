/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A line for each protocol and kind of buffer; Netty allocates outside Java as well. The others are
 * taken with the kind of buffer that is best for them, whichever the line is about.
 */
final class RecordTable {
  static final List<Peer> PEERS = List.of(Peer.REPRISE, Peer.SUNJSSE, Peer.NETTY);

  private static final double NANOS_IN_MICRO = 1e3;

  private final Measurements measured;

  private RecordTable(Measurements measured) {
    this.measured = measured;
  }

  static String of(Measurements measured) {
    RecordTable table = new RecordTable(measured);
    Markdown text = new Markdown(header());
    for (Protocol protocol : Protocol.values()) {
      for (BufferKind buffers : BufferKind.values()) {
        text.line(table.line(protocol, buffers));
      }
    }
    return text.toString();
  }

  private static String[] header() {
    List<String> cells = new ArrayList<>();
    cells.add(RecordBenchmark.LENGTH + " bytes in a record");
    addNames(cells, "wrap µs: ");
    addNames(cells, "unwrap µs: ");
    addNames(cells, "both MB/s: ");
    cells.add("reprise to the most of others, by either kind");
    addNames(cells, "wrap + unwrap bytes allocated in Java: ");
    return cells.toArray(new String[0]);
  }

  private static void addNames(List<String> cells, String what) {
    for (Peer peer : PEERS) {
      cells.add((peer.equals(PEERS.getFirst()) ? what : "") + Choice.title(peer));
    }
  }

  private String[] line(Protocol protocol, BufferKind buffers) {
    List<Cell> peers = PEERS.stream().map(peer -> Cell.record(peer, protocol, buffers)).toList();
    List<String> cells = new ArrayList<>();
    cells.add(protocol.title() + ", " + buffers.title());
    peers.forEach(peer -> cells.add(Markdown.number(micros(peer, "wrapNanos"))));
    peers.forEach(peer -> cells.add(Markdown.number(micros(peer, "unwrapNanos"))));
    peers.forEach(peer -> cells.add(Markdown.number(throughput(peer))));
    cells.add(Markdown.ratio(throughput(peers.getFirst()), mostOfOthers(protocol)));
    peers.forEach(peer -> cells.add(allocated(peer)));
    return cells.toArray(new String[0]);
  }

  private double mostOfOthers(Protocol protocol) {
    double most = 0;
    for (Peer peer : PEERS.subList(1, PEERS.size())) {
      for (BufferKind buffers : BufferKind.values()) {
        most = Math.max(most, throughput(Cell.record(peer, protocol, buffers)));
      }
    }
    return most;
  }

  private double micros(Cell cell, String counter) {
    return measured.counter(cell, counter) / NANOS_IN_MICRO;
  }

  /** Bytes in a microsecond are megabytes in a second. */
  private double throughput(Cell cell) {
    return RecordBenchmark.LENGTH / (micros(cell, "wrapNanos") + micros(cell, "unwrapNanos"));
  }

  private String allocated(Cell cell) {
    return Markdown.number(measured.counter(cell, "wrapBytes"))
        + " + "
        + Markdown.number(measured.counter(cell, "unwrapBytes"));
  }
}
