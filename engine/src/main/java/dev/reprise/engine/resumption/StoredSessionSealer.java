/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Seals sessions before they leave the process for a store that other nodes share, and opens them
 * again. What is sealed is bound to its place in the store, so that nobody who can write there can
 * pass one session for another. It looks like a ticket, under a key of its own: a stolen store
 * opens no ticket and no client can offer a stored session as one. Safe for threads; it neither
 * blocks nor throws.
 */
public final class StoredSessionSealer {
  /** In bytes: room for a long chain of client certificates. */
  public static final int LONGEST = 64 << 10;

  private final SessionSealing sealing;

  public StoredSessionSealer(StekSource source, SecureRandom random, InstantSource clock) {
    sealing = new SessionSealing(source, SealingFormat.STORED_SESSION, LONGEST, random, clock);
  }

  /**
   * {@code session} sealed, which stays the caller's; or null if no key issues now, the session is
   * longer than {@link #LONGEST} or was closed.
   *
   * @param place the key under which the store keeps it
   */
  public @Nullable SealedTicket seal(Session session, Opaque place) {
    return sealing.seal(session, place);
  }

  /**
   * The session in {@code sealed}, which may be anything, if it is authentic, was sealed for {@code
   * place} and was made for {@code version} and in {@code scope}; else the reason, and nothing of
   * the session.
   */
  public TicketOpening open(
      Opaque sealed, Opaque place, ProtocolVersion version, ResumptionScope scope) {
    return sealing.open(sealed, place, version, scope);
  }

  /**
   * When the session in {@code sealed} expires, in milliseconds since 1970, whatever version and
   * scope it was made for; null if none opens.
   */
  public @Nullable Long expiresAtMillis(Opaque sealed, Opaque place) {
    return sealing.expiresAtMillis(sealed, place);
  }

  /** Has the source look at the time. */
  public void tidy() {
    sealing.tidy();
  }
}
