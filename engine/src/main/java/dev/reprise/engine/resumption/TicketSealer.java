/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
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

  private static final int PADDED_TO = 32;
  private static final int HEAD = Stek.NAME_LENGTH + Xaes256Gcm.NONCE_LENGTH;
  private static final int OVERHEAD = HEAD + Xaes256Gcm.TAG_LENGTH;

  private final SealingKeys keys;
  private final SecureRandom random;
  private final InstantSource clock;
  // For the test that nothing is left in them.
  final Pool<byte[]> plaintexts = new Pool<>();

  public TicketSealer(StekSource source, SecureRandom random, InstantSource clock) {
    this.keys = new SealingKeys(source);
    this.random = random;
    this.clock = clock;
  }

  /**
   * A ticket of {@code session}, which stays the caller's; or null if no key issues now, or the
   * session is too long (a long client certificate chain) for {@link #LONGEST}.
   */
  @Override
  public @Nullable SealedTicket seal(Session session) {
    SealingKeys.Key key = keys.current().issuing(clock.millis());
    int length = padded(SessionCodec.encodedLength(session));
    if (key == null || OVERHEAD + length > LONGEST) {
      return null;
    }
    byte[] plaintext = new byte[length];
    try {
      SessionCodec.encode(session, plaintext);
      Opaque ticket = seal(key, Opaque.takeOver(plaintext));
      return new SealedTicket(ticket, key.stek().keyName(), key.stek().acceptUntilMillis());
    } catch (TlsException _) {
      return null; // The key was wiped meanwhile, or the provider failed.
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * The session in {@code ticket} if it was sealed here or by a node with the same keys, for {@code
   * version} and in {@code scope}; else the reason, and nothing of the session.
   */
  @Override
  public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
    if (ticket.length() < Stek.NAME_LENGTH || ticket.length() > LONGEST) {
      return new TicketOpening.Missed(MissReason.UNKNOWN_FORMAT, null);
    }
    long now = clock.millis();
    SealingKeys.Current current = keys.current();
    Opaque name = ticket.slice(0, Stek.NAME_LENGTH);
    SealingKeys.Key key = current.accepting(name, now);
    if (key == null) {
      MissReason reason = current.ring().missing(name, now);
      // Whoever makes up names must not make up names of counters.
      boolean known = reason == MissReason.KEY_EXPIRED;
      return new TicketOpening.Missed(reason, known ? Stek.shown(name) : null);
    }
    int sealed = ticket.length() - OVERHEAD;
    if (sealed <= 0 || sealed % PADDED_TO != 0) {
      return missed(MissReason.UNKNOWN_FORMAT, key);
    }
    return open(ticket, key, version, scope, current.isOlder(key, now));
  }

  /** Has the source look at the time. */
  @Override
  public void tidy() {
    keys.current();
  }

  private Opaque seal(SealingKeys.Key key, Opaque plaintext) throws TlsException {
    byte[] ticket = new byte[OVERHEAD + plaintext.length()];
    byte[] nonce = new byte[Xaes256Gcm.NONCE_LENGTH];
    random.nextBytes(nonce);
    key.stek().name().copyTo(ticket, 0);
    System.arraycopy(nonce, 0, ticket, Stek.NAME_LENGTH, nonce.length);
    key.cipher().seal(Opaque.takeOver(nonce), key.additionalData(), plaintext, ticket, HEAD);
    return Opaque.takeOver(ticket);
  }

  private TicketOpening open(
      Opaque ticket,
      SealingKeys.Key key,
      ProtocolVersion version,
      ResumptionScope scope,
      boolean underOlderKey) {
    // A kept buffer of fixed size: junk of any length costs no memory.
    byte[] pooled = plaintexts.take();
    byte[] plaintext = pooled != null ? pooled : new byte[LONGEST];
    int length = -1;
    try {
      Opaque nonce = ticket.slice(Stek.NAME_LENGTH, Xaes256Gcm.NONCE_LENGTH);
      Opaque sealed = ticket.slice(HEAD, ticket.length() - HEAD);
      length = key.cipher().open(nonce, key.additionalData(), sealed, plaintext);
      return length < 0
          ? missed(MissReason.NOT_AUTHENTIC, key)
          : read(Opaque.takeOver(plaintext, 0, length), key, version, scope, underOlderKey);
    } catch (TlsException _) {
      boolean wiped = key.cipher().isClosed();
      return missed(wiped ? MissReason.KEY_EXPIRED : MissReason.NOT_AUTHENTIC, key);
    } finally {
      Arrays.fill(plaintext, 0, Math.max(0, length), (byte) 0);
      plaintexts.give(plaintext);
    }
  }

  // The one place where a ticket becomes a session, and only behind these comparisons.
  private static TicketOpening read(
      Opaque plaintext,
      SealingKeys.Key key,
      ProtocolVersion version,
      ResumptionScope scope,
      boolean underOlderKey) {
    try {
      TlsReader in = TlsReader.of(plaintext);
      SessionCodec.Header header = SessionCodec.readHeader(in);
      MissReason mismatch = header.mismatch(version, scope);
      if (mismatch != null) {
        return missed(mismatch, key);
      }
      Session session = SessionCodec.readSession(header, in);
      if (!isPadding(in.rest())) {
        session.close();
        return missed(MissReason.UNKNOWN_FORMAT, key);
      }
      return new TicketOpening.Opened(session, key.stek().keyName(), underOlderKey);
    } catch (DecodeException _) {
      return missed(MissReason.UNKNOWN_FORMAT, key);
    }
  }

  private static TicketOpening missed(MissReason reason, SealingKeys.Key key) {
    return new TicketOpening.Missed(reason, key.stek().keyName());
  }

  private static boolean isPadding(Opaque rest) {
    int bits = rest.length() < PADDED_TO ? 0 : 1;
    for (int i = 0; i < rest.length(); i++) {
      bits |= rest.at(i);
    }
    return bits == 0;
  }

  private static int padded(int length) {
    return (length + PADDED_TO - 1) / PADDED_TO * PADDED_TO;
  }
}
