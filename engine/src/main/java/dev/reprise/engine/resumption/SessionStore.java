/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Where a server keeps sessions under an ID: TLS 1.2 sessions, which are read with {@link #get},
 * and stateful TLS 1.3 tickets, which are single-use and so end with {@link #take}.
 *
 * <p>No method blocks and none throws. A stage never completes exceptionally and never later than
 * the implementation's deadline: what goes wrong is {@code false} or {@link Lookup.Unavailable},
 * since resuming is never a reason to fail. Where no network is needed the stage is complete when
 * it is returned.
 */
public interface SessionStore {
  /**
   * Keeps a copy of {@code session} under {@code id} for {@code lifetime} at most, in place of what
   * was there. The session stays the caller's.
   *
   * @return whether the session is stored: it may be offered to the client only if it is
   */
  CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime);

  /** The session under {@code id}, which stays there. */
  CompletionStage<Lookup> get(Opaque id);

  /**
   * The session under {@code id}, which is there no longer: of all calls that race for it, on all
   * nodes, at most one is {@link Lookup.Found}.
   */
  CompletionStage<Lookup> take(Opaque id);

  /**
   * Forgets the session under {@code id}, for example after a fatal alert. RFC 5246, Section 7.2.2:
   * "Servers and clients MUST forget any session-identifiers, keys, and secrets associated with a
   * failed connection."
   *
   * @return whether there was one
   */
  CompletionStage<Boolean> remove(Opaque id);
}
