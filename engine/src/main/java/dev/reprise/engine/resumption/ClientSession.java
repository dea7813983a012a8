/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;

/**
 * A session as its client keeps it.
 *
 * @param ticket what to hand back; empty: the session goes by its ID
 * @param sessionId TLS 1.2: the ID to offer; may be empty beside a ticket
 * @param receivedAtMillis when it arrived, on the client's clock
 */
public record ClientSession(
    Session session, Opaque ticket, Opaque sessionId, long receivedAtMillis) {
  public ClientSession {
    if (ticket.isEmpty() && sessionId.isEmpty()) {
      throw new IllegalArgumentException("Neither ticket nor session ID: it could not be offered");
    }
  }

  /** Whether {@code other} would be offered with the same ticket and ID. */
  public boolean isOfferedLike(ClientSession other) {
    return ticket.equals(other.ticket) && sessionId.equals(other.sessionId);
  }
}
