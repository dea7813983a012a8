/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;

/** A handshake that all peers are asked for. */
record HandshakeLine(Scenario scenario, Group group, Certificate certificate) {
  /**
   * Those that differ: a resumed handshake has no certificate and in TLS 1.2 no key exchange, and a
   * certificate costs the same with each group.
   */
  static List<HandshakeLine> of(List<Group> groups, List<Certificate> certificates) {
    List<HandshakeLine> lines = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      Certificate first = certificates.getFirst();
      for (Group group : scenario.exchangesKeys() ? groups : groups.subList(0, 1)) {
        if (group.isIn(scenario.protocol())) {
          lines.add(new HandshakeLine(scenario, group, first));
        }
      }
      for (Certificate other : certificates.subList(1, certificates.size())) {
        if (!scenario.isResumed()) {
          lines.add(new HandshakeLine(scenario, groups.getFirst(), other));
        }
      }
    }
    return lines;
  }

  List<Cell> cells(List<Peer> peers) {
    return peers.stream().filter(this::isDoneBy).map(peer -> Cell.handshake(peer, this)).toList();
  }

  boolean isDoneBy(Peer peer) {
    return peer.has(scenario) && (peer.has(group) || !scenario.exchangesKeys());
  }

  String title() {
    StringBuilder title = new StringBuilder(scenario.title());
    if (scenario.exchangesKeys()) {
      title.append(", ").append(group.standardName());
    }
    if (!scenario.isResumed()) {
      title.append(", ").append(certificate.title());
    }
    return title.toString();
  }
}
