/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be measured by itself. */
enum Suite {
  HANDSHAKES {
    @Override
    List<List<Cell>> lines() {
      return Arrays.stream(Scenario.values())
          .map(scenario -> peers().map(peer -> Cell.handshake(peer, scenario)).toList())
          .toList();
    }

    @Override
    String table(Measurements measured) {
      return HandshakeTable.of(measured);
    }
  },

  RECORDS {
    @Override
    List<List<Cell>> lines() {
      List<List<Cell>> lines = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        for (BufferKind buffers : BufferKind.values()) {
          lines.add(peers().map(peer -> Cell.record(peer, protocol, buffers)).toList());
        }
      }
      return lines;
    }

    @Override
    String table(Measurements measured) {
      return RecordTable.of(measured);
    }
  },

  TICKETS {
    @Override
    List<List<Cell>> lines() {
      return TicketTable.CELLS.stream().map(List::of).toList();
    }

    @Override
    String table(Measurements measured) {
      return TicketTable.of(measured);
    }
  };

  /** The cells of one line are measured right after each other. */
  abstract List<List<Cell>> lines();

  /** In Markdown. */
  abstract String table(Measurements measured);

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

  private static Stream<Peer> peers() {
    return Arrays.stream(Peer.values());
  }
}
