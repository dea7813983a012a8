/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
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
 *
 * <p>A session leaves the store only for the version and the scope that it was made in; else the
 * answer is {@link Lookup.Mismatched} and the session stays where it is. So nobody can hold one
 * whose scope was not checked, and nobody can use up a single-use one from elsewhere. {@link
 * SessionCodec#open} does this for encoded sessions.
 */
public interface SessionStore {
  /**
   * Keeps a copy of {@code session} under {@code id} for {@code lifetime} at most, in place of what
   * was there. The session stays the caller's.
   *
   * @return whether the session is stored: it may be offered to the client only if it is
   */
  CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime);

  /**
   * The session under {@code id}, which stays there.
   *
   * @param version in which it is to be resumed
   * @param scope in which it is to be resumed
   */
  CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope);

  /**
   * The session under {@code id}, which is there no longer: of all calls that race for it, on all
   * nodes, at most one is {@link Lookup.Found}.
   *
   * @param version in which it is to be resumed
   * @param scope in which it is to be resumed
   */
  CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope);

  /**
   * Forgets the session under {@code id}, for example after a fatal alert. RFC 5246, Section 7.2.2:
   * "Servers and clients MUST forget any session-identifiers, keys, and secrets associated with a
   * failed connection."
   *
   * @return whether there was one
   */
  CompletionStage<Boolean> remove(Opaque id);
}
