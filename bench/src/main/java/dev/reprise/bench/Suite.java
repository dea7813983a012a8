/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be measured by itself. */
enum Suite {
  HANDSHAKES {
    @Override
    List<List<Cell>> lines(Choice choice) {
      return choice.handshakes().stream().map(line -> line.cells(choice.peers())).toList();
    }

    @Override
    String table(Measurements measured, Choice choice) {
      return HandshakeTable.of(measured, choice);
    }
  },

  RECORDS {
    @Override
    List<List<Cell>> lines(Choice choice) {
      List<List<Cell>> lines = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        for (BufferKind buffers : BufferKind.values()) {
          lines.add(
              RecordTable.PEERS.stream()
                  .map(peer -> Cell.record(peer, protocol, buffers))
                  .toList());
        }
      }
      return lines;
    }

    @Override
    String table(Measurements measured, Choice choice) {
      return RecordTable.of(measured);
    }
  },

  TICKETS {
    @Override
    List<List<Cell>> lines(Choice choice) {
      return TicketTable.CELLS.stream().map(List::of).toList();
    }

    @Override
    String table(Measurements measured, Choice choice) {
      return TicketTable.of(measured);
    }
  };

  /** The cells of one line are measured right after each other. */
  abstract List<List<Cell>> lines(Choice choice);

  /** In Markdown. */
  abstract String table(Measurements measured, Choice choice);

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Suite named(String title) {
    for (Suite suite : values()) {
      if (suite.title().equals(title)) {
        return suite;
      }
    }
    throw new IllegalArgumentException("there is no " + title);
  }
}
