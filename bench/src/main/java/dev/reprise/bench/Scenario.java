/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.resumption.Mechanism;
import org.jspecify.annotations.Nullable;

/** A kind of handshake. */
public enum Scenario {
  TLS12_FULL(Protocol.TLS12, null, "full"),
  TLS12_SESSION_ID(Protocol.TLS12, Mechanism.SESSION_ID, "resumed, session ID"),
  TLS12_TICKET(Protocol.TLS12, Mechanism.TICKET, "resumed, ticket"),
  TLS13_FULL(Protocol.TLS13, null, "full"),
  TLS13_TICKET(Protocol.TLS13, Mechanism.TICKET, "resumed, ticket"),
  TLS13_STATEFUL(Protocol.TLS13, Mechanism.STATEFUL_TICKET, "resumed, stateful ticket");

  private final Protocol protocol;
  private final @Nullable Mechanism mechanism;
  private final String title;

  Scenario(Protocol protocol, @Nullable Mechanism mechanism, String title) {
    this.protocol = protocol;
    this.mechanism = mechanism;
    this.title = protocol.title() + " " + title;
  }

  Protocol protocol() {
    return protocol;
  }

  /** What the client offers to resume by; null in a full handshake. */
  @Nullable Mechanism mechanism() {
    return mechanism;
  }

  boolean isResumed() {
    return mechanism != null;
  }

  Conditions under(Group group, Certificate certificate) {
    return new Conditions(protocol, group, certificate, statelessTickets(), isResumed());
  }

  /** Whether keys are exchanged in it. */
  boolean exchangesKeys() {
    return protocol == Protocol.TLS13 || !isResumed();
  }

  /** Whether the server seals its sessions into tickets; also in full handshakes, as by default. */
  boolean statelessTickets() {
    return mechanism == null || mechanism == Mechanism.TICKET;
  }

  String title() {
    return title;
  }
}
