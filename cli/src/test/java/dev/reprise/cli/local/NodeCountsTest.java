/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeCountsTest {
  private static final String METRICS =
      """
      # HELP reprise_handshakes_total Handshakes done
      # TYPE reprise_handshakes_total counter
      reprise_handshakes_total{handshake="full",mechanism="none",protocol="TLSv1.2"} 1.0
      reprise_handshakes_total{handshake="full",mechanism="none",protocol="TLSv1.3"} 4.0
      reprise_handshakes_total{handshake="resumed",mechanism="ticket",protocol="TLSv1.3"} 7.0
      reprise_resumptions_total{made="elsewhere"} 4.0
      reprise_resumptions_total{made="here"} 2.0
      reprise_resumptions_total{made="unknown"} 1.0
      reprise_resumption_misses_total{reason="NOT_OFFERED"} 3.0
      reprise_resumption_misses_total{reason="REVOKED"} 0.0
      reprise_resumption_misses_total{reason="UNKNOWN_KEY"} 2.0
      reprise_handshakes_failed_total{alert="closed"} 1.0
      reprise_handshakes_failed_total{alert="timeout"} 1.0
      reprise_fleet_keys_held 9.0
      """;

  @Test
  void readsWhatANodeHasCounted() {
    assertEquals(
        new NodeCounts(12, 2, 4, 1, Map.of("NOT_OFFERED", 3L, "UNKNOWN_KEY", 2L), 2, 9),
        NodeCounts.parse(METRICS));
  }

  @Test
  void countsFullHandshakesWithoutAReasonAsSuch() {
    NodeCounts sun =
        NodeCounts.parse(
            "reprise_handshakes_total{handshake=\"full\",mechanism=\"none\",protocol=\"TLSv1.3\"}"
                + " 5.0\n");
    assertEquals(Map.of("", 5L), sun.full());
  }

  @Test
  void addsUpTheLivesOfANode() {
    NodeCounts one = NodeCounts.parse(METRICS);
    assertEquals(
        new NodeCounts(24, 4, 8, 2, Map.of("NOT_OFFERED", 6L, "UNKNOWN_KEY", 4L), 4, 9),
        one.plus(one));
  }

  @Test
  void standsInATable() {
    NodeView node =
        new NodeView(
            "node-1", "127.0.0.1:1", "127.0.0.1:2", "serving", 3, NodeCounts.parse(METRICS));
    assertEquals(
        List.of(
            "node    address      state    open  handshakes  resumed here  resumed elsewhere"
                + "  failed  keys  full, by reason",
            "node-1  127.0.0.1:1  serving     3          12          2+1?                  4"
                + "       2     9  3 NOT_OFFERED, 2 UNKNOWN_KEY",
            "all                              3          12          2+1?                  4"
                + "       2     9  3 NOT_OFFERED, 2 UNKNOWN_KEY"),
        FleetTable.of(List.of(node)));
  }
}
