/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Pool;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Seals sessions into tickets and opens them again. Safe for threads; it neither blocks nor throws,
 * since resuming is never a reason to fail.
 *
 * <pre>
 * struct {
 *     opaque key_name[16];
 *     opaque nonce[24];
 *     opaque sealed[..];   // XAES-256-GCM of SessionPlaintext, additional data: label, key_name
 * } Ticket;
 *
 * struct {
 *     Session session;     // see SessionCodec
 *     uint8 zeros[0..31];  // to a multiple of 32 bytes
 * } SessionPlaintext;
 * </pre>
 *
 * <p>The zeros make tickets of one kind equally long although their server names are not: an
 * observer of the ticket learns little of what is in it. The key is looked up by its name and by
 * nothing else; no second key is ever tried.
 */
public final class TicketSealer implements TicketFormat {
  /**
   * The longest ticket that is made or looked at, in bytes. A ClientHello is refused beyond 16,384
   * bytes, and a client that offers our ticket must have room in it for its key shares.
   */
  public static final int LONGEST = 12_000;

  private final SessionSealing sealing;

  public TicketSealer(StekSource source, SecureRandom random, InstantSource clock) {
    sealing = new SessionSealing(source, SealingFormat.TICKET, LONGEST, random, clock);
  }

  /**
   * A ticket of {@code session}, which stays the caller's; or null if no key issues now, or the
   * session is too long (a long client certificate chain) for {@link #LONGEST}.
   */
  @Override
  public @Nullable SealedTicket seal(Session session) {
    return sealing.seal(session, Opaque.EMPTY);
  }

  /**
   * The session in {@code ticket} if it was sealed here or by a node with the same keys, for {@code
   * version} and in {@code scope}; else the reason, and nothing of the session.
   */
  @Override
  public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
    return sealing.open(ticket, Opaque.EMPTY, version, scope);
  }

  /** Has the source look at the time. */
  @Override
  public void tidy() {
    sealing.tidy();
  }

  /** For the test that nothing is left in them. */
  Pool<byte[]> plaintexts() {
    return sealing.plaintexts;
  }
}
