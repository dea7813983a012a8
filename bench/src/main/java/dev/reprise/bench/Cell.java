/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * One benchmark with its parameters: what one JVM measures.
 *
 * @param benchmark the class
 * @param method in it
 */
record Cell(Class<?> benchmark, String method, Map<String, String> parameters) {
  Cell {
    parameters = new TreeMap<>(parameters);
  }

  static Cell handshake(Peer peer, HandshakeLine line) {
    return new Cell(
        HandshakeBenchmark.class,
        "handshake",
        Map.of(
            "peer",
            peer.name(),
            "scenario",
            line.scenario().name(),
            "group",
            line.group().name(),
            "certificate",
            line.certificate().name()));
  }

  static Cell record(Peer peer, Protocol protocol, BufferKind buffers) {
    return new Cell(
        RecordBenchmark.class,
        "record",
        Map.of("peer", peer.name(), "protocol", protocol.name(), "buffers", buffers.name()));
  }

  static Cell ticket(String method) {
    return new Cell(TicketBenchmark.class, method, Map.of());
  }

  ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
    options.include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$");
    parameters.forEach(options::param);
    return options;
  }

  /** For people, and for the name of a file. */
  @Override
  public String toString() {
    return parameters.isEmpty() ? method : method + "-" + String.join("-", parameters.values());
  }

  /** What its peer's JVM is given beside what all are. */
  List<String> jvmArguments() {
    String peer = parameters.get("peer");
    return peer == null ? List.of() : Peer.valueOf(peer).jvmArguments();
  }
}
