/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of one host have seen: a line of the table. */
final class Results {
  static final Path DIRECTORY = Path.of("target", "hosts");

  /** The columns of the table, each with its head. */
  enum Column {
    HOST("Host"),
    SIDE("Side"),
    HTTP2("HTTP/2"),
    MUTUAL("Mutual TLS"),
    TLS13("100 one after another, TLS 1.3"),
    TLS12("TLS 1.2"),
    PARALLEL("64 at once"),
    TRANSFER("100 MiB"),
    ORDERLY("Orderly end"),
    ABRUPT("The peer is gone: what the host says"),
    PEERS("Peers");

    final String head;

    Column(String head) {
      this.head = head;
    }
  }

  private final String name;
  private final Map<Column, String> cells = new ConcurrentHashMap<>();

  Results(String name) {
    this.name = name;
  }

  void put(Column column, String cell) {
    cells.put(column, cell);
  }

  /** One cell per line, in the order of the columns; where one is missing a test has failed. */
  void write() throws IOException {
    Files.createDirectories(DIRECTORY);
    StringBuilder text = new StringBuilder();
    new TreeMap<>(cells)
        .forEach((column, cell) -> text.append(column).append('=').append(cell).append('\n'));
    Files.writeString(DIRECTORY.resolve(name + ".txt"), text);
  }
}
