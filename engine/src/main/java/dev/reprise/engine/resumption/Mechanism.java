/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

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
}
