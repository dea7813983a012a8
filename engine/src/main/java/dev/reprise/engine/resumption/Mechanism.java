/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.ProtocolVersion;

/** How a session was resumed. */
public enum Mechanism {
  /** TLS 1.2: the server found the session under the client's session ID (RFC 5246, 7.3). */
  SESSION_ID("session-id"),
  /** Either version: the client handed back a session that was sealed under a STEK. */
  TICKET("ticket"),
  /** TLS 1.3: the ticket was a handle, and the session was taken out of the session store. */
  STATEFUL_TICKET("stateful-ticket");

  private final String wireName;

  Mechanism(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON answers, metrics and events. It never changes. */
  public String wireName() {
    return wireName;
  }

  /** Whether sessions of {@code version} are resumed like this. */
  public boolean existsIn(ProtocolVersion version) {
    return switch (this) {
      case SESSION_ID -> version == ProtocolVersion.TLS12;
      case TICKET -> true;
      case STATEFUL_TICKET -> version == ProtocolVersion.TLS13;
    };
  }
}
