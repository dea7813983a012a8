/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Pool;
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
 * Seals sessions and opens them again, in one format. Safe for threads; it neither blocks nor
 * throws, since resuming is never a reason to fail.
 *
 * <pre>
 * struct {
 *     opaque key_name[16];
 *     opaque nonce[24];
 *     opaque sealed[..];   // XAES-256-GCM of SessionPlaintext
 * } SealedSession;         // additional data: label, key_name, place
 *
 * struct {
 *     Session session;     // see SessionCodec
 *     uint8 zeros[0..31];  // to a multiple of 32 bytes
 * } SessionPlaintext;
 * </pre>
 *
 * <p>The zeros make what is sealed of one kind equally long although server names are not: an
 * observer learns little of what is in it. The key is looked up by its name and by nothing else; no
 * second key is ever tried.
 */
final class SessionSealing {
  private static final int PADDED_TO = 32;
  private static final int HEAD = Stek.NAME_LENGTH + Xaes256Gcm.NONCE_LENGTH;
  private static final int OVERHEAD = HEAD + Xaes256Gcm.TAG_LENGTH;

  /** What is longer gets an array of its own: it came from a store, and was paid for there. */
  private static final int KEPT_BUFFER = TicketSealer.LONGEST;

  private final SealingKeys keys;
  private final SecureRandom random;
  private final InstantSource clock;
  private final int longest;
  // For the test that nothing is left in them.
  final Pool<byte[]> plaintexts = new Pool<>();

  /** Compares what a session was made for with what it is wanted for. */
  @FunctionalInterface
  private interface Comparison {
    @Nullable MissReason mismatch(SessionCodec.Header header);
  }

  /**
   * @param longest in bytes that is made or looked at
   */
  SessionSealing(
      StekSource source,
      SealingFormat format,
      int longest,
      SecureRandom random,
      InstantSource clock) {
    this.keys = new SealingKeys(source, format);
    this.longest = longest;
    this.random = random;
    this.clock = clock;
  }

  /**
   * {@code session} sealed, which stays the caller's; or null if no key issues now, the session is
   * too long or was closed.
   *
   * @param place where it is to lie, which is where alone it opens; empty if that may be anywhere
   */
  @Nullable SealedTicket seal(Session session, Opaque place) {
    SealingKeys.Key key = keys.current().issuing(clock.millis());
    int length = padded(SessionCodec.encodedLength(session));
    if (key == null || OVERHEAD + length > longest || session.secret().isClosed()) {
      return null;
    }
    byte[] plaintext = new byte[length];
    try {
      SessionCodec.encode(session, plaintext);
      Opaque sealed = seal(key, place, Opaque.takeOver(plaintext));
      return new SealedTicket(sealed, key.stek().keyName(), key.stek().acceptUntilMillis());
    } catch (TlsException _) {
      return null; // The key was wiped meanwhile, or the provider failed.
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * The session in {@code sealed} if it was sealed here or by a node with the same keys, for {@code
   * place} and {@code version} and in {@code scope}; else the reason, and nothing of the session.
   */
  TicketOpening open(Opaque sealed, Opaque place, ProtocolVersion version, ResumptionScope scope) {
    return open(sealed, place, header -> header.mismatch(version, scope));
  }

  /** When the session in {@code sealed} expires, whatever it was made for; null if none opens. */
  @Nullable Long expiresAtMillis(Opaque sealed, Opaque place) {
    if (open(sealed, place, _ -> null) instanceof TicketOpening.Opened opened) {
      opened.session().close();
      return opened.session().expiresAtMillis();
    }
    return null;
  }

  /** Has the source look at the time. */
  void tidy() {
    keys.current();
  }

  private Opaque seal(SealingKeys.Key key, Opaque place, Opaque plaintext) throws TlsException {
    byte[] sealed = new byte[OVERHEAD + plaintext.length()];
    byte[] nonce = new byte[Xaes256Gcm.NONCE_LENGTH];
    random.nextBytes(nonce);
    key.stek().name().copyTo(sealed, 0);
    System.arraycopy(nonce, 0, sealed, Stek.NAME_LENGTH, nonce.length);
    key.cipher().seal(Opaque.takeOver(nonce), key.additionalData(place), plaintext, sealed, HEAD);
    return Opaque.takeOver(sealed);
  }

  private TicketOpening open(Opaque sealed, Opaque place, Comparison comparison) {
    if (sealed.length() < Stek.NAME_LENGTH || sealed.length() > longest) {
      return new TicketOpening.Missed(MissReason.UNKNOWN_FORMAT, null);
    }
    long now = clock.millis();
    SealingKeys.Current current = keys.current();
    Opaque name = sealed.slice(0, Stek.NAME_LENGTH);
    SealingKeys.Key key = current.accepting(name, now);
    if (key == null) {
      MissReason reason = current.ring().missing(name, now);
      // Whoever makes up names must not make up names of counters.
      boolean known = reason == MissReason.KEY_EXPIRED;
      return new TicketOpening.Missed(reason, known ? Stek.shown(name) : null);
    }
    int length = sealed.length() - OVERHEAD;
    if (length <= 0 || length % PADDED_TO != 0) {
      return missed(MissReason.UNKNOWN_FORMAT, key);
    }
    return open(sealed, place, key, comparison, current.isOlder(key, now));
  }

  private TicketOpening open(
      Opaque sealed,
      Opaque place,
      SealingKeys.Key key,
      Comparison comparison,
      boolean underOlderKey) {
    byte[] plaintext = buffer(sealed.length());
    int length = -1;
    try {
      Opaque nonce = sealed.slice(Stek.NAME_LENGTH, Xaes256Gcm.NONCE_LENGTH);
      Opaque ciphertext = sealed.slice(HEAD, sealed.length() - HEAD);
      length = key.cipher().open(nonce, key.additionalData(place), ciphertext, plaintext);
      return length < 0
          ? missed(MissReason.NOT_AUTHENTIC, key)
          : read(Opaque.takeOver(plaintext, 0, length), key, comparison, underOlderKey);
    } catch (TlsException _) {
      boolean wiped = key.cipher().isClosed();
      return missed(wiped ? MissReason.KEY_EXPIRED : MissReason.NOT_AUTHENTIC, key);
    } finally {
      Arrays.fill(plaintext, 0, Math.max(0, length), (byte) 0);
      giveBack(plaintext);
    }
  }

  // A kept buffer of fixed size: junk of any length costs no memory.
  private byte[] buffer(int length) {
    byte[] pooled = length <= KEPT_BUFFER ? plaintexts.take() : null;
    return pooled != null ? pooled : new byte[Math.max(length, KEPT_BUFFER)];
  }

  private void giveBack(byte[] plaintext) {
    if (plaintext.length == KEPT_BUFFER) {
      plaintexts.give(plaintext);
    }
  }

  // The one place where what was sealed becomes a session, and only behind these comparisons.
  private static TicketOpening read(
      Opaque plaintext, SealingKeys.Key key, Comparison comparison, boolean underOlderKey) {
    try {
      TlsReader in = TlsReader.of(plaintext);
      SessionCodec.Header header = SessionCodec.readHeader(in);
      MissReason mismatch = comparison.mismatch(header);
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
