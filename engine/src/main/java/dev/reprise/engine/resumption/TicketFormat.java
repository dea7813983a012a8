/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * How a session becomes a ticket, and a ticket a session again. {@link TicketSealer} is Reprise's
 * own; another may be for a hardware module that seals, or for a test that rewrites tickets. It is
 * called by many threads, in the middle of handshakes: it neither blocks nor throws.
 */
public interface TicketFormat {
  /** A ticket of {@code session}, which stays the caller's; or null if there can be none now. */
  @Nullable SealedTicket seal(Session session);

  /**
   * The session in {@code ticket}, which is the peer's bytes, if it is authentic and was made for
   * {@code version} and in {@code scope}; else the reason, and nothing of the session. Scopes are
   * compared in constant time.
   */
  TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope);

  /**
   * Lets go of what has ended. Every ticket does so in passing; a driver calls this every few
   * seconds, so that a key's end does not wait for the next client.
   */
  default void tidy() {}
}
