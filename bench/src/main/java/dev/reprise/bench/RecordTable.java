/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;

/** A line for each protocol and kind of buffer. */
final class RecordTable {
  static final List<Peer> PEERS = List.of(Peer.REPRISE, Peer.SUNJSSE);

  private static final double NANOS_IN_MICRO = 1e3;

  private final Measurements measured;

  private RecordTable(Measurements measured) {
    this.measured = measured;
  }

  static String of(Measurements measured) {
    RecordTable table = new RecordTable(measured);
    Markdown text =
        new Markdown(
            RecordBenchmark.LENGTH + " bytes in a record",
            "wrap µs: reprise",
            "sunjsse",
            "ratio",
            "unwrap µs: reprise",
            "sunjsse",
            "ratio",
            "both MB/s: reprise",
            "sunjsse",
            "wrap + unwrap bytes allocated: reprise",
            "sunjsse");
    for (Protocol protocol : Protocol.values()) {
      for (BufferKind buffers : BufferKind.values()) {
        text.line(table.line(protocol, buffers));
      }
    }
    return text.toString();
  }

  private String[] line(Protocol protocol, BufferKind buffers) {
    Cell ours = Cell.record(Peer.REPRISE, protocol, buffers);
    Cell theirs = Cell.record(Peer.SUNJSSE, protocol, buffers);
    List<String> cells = new ArrayList<>();
    cells.add(protocol.title() + ", " + buffers.title());
    compare(cells, ours, theirs, "wrapNanos");
    compare(cells, ours, theirs, "unwrapNanos");
    cells.add(throughput(ours));
    cells.add(throughput(theirs));
    cells.add(allocated(ours));
    cells.add(allocated(theirs));
    return cells.toArray(new String[0]);
  }

  private void compare(List<String> cells, Cell ours, Cell theirs, String counter) {
    double micros = measured.counter(ours, counter) / NANOS_IN_MICRO;
    double theirMicros = measured.counter(theirs, counter) / NANOS_IN_MICRO;
    cells.add(Markdown.number(micros));
    cells.add(Markdown.number(theirMicros));
    cells.add(Markdown.ratio(micros, theirMicros));
  }

  /** Bytes in a microsecond are megabytes in a second. */
  private String throughput(Cell cell) {
    double micros =
        (measured.counter(cell, "wrapNanos") + measured.counter(cell, "unwrapNanos"))
            / NANOS_IN_MICRO;
    return Markdown.number(RecordBenchmark.LENGTH / micros);
  }

  private String allocated(Cell cell) {
    return Markdown.number(measured.counter(cell, "wrapBytes"))
        + " + "
        + Markdown.number(measured.counter(cell, "unwrapBytes"));
  }
}
