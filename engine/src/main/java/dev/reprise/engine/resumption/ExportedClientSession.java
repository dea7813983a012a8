/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client's session as bytes that leave the process, sealed under a key of the caller's.
 *
 * <pre>
 * struct {
 *     uint8  version = 1;
 *     opaque nonce[24];
 *     opaque sealed[..];   // XAES-256-GCM of ExportedPlaintext, additional data: ExportedFor
 * } ExportedSession;
 *
 * struct {
 *     opaque session&lt;0..2^24-1&gt;;      // see SessionCodec
 *     opaque ticket&lt;0..2^16-1&gt;;
 *     opaque session_id&lt;0..255&gt;;
 *     uint64 received_at;             // milliseconds since 1970
 * } ExportedPlaintext;
 *
 * struct {
 *     opaque label&lt;0..255&gt; = "reprise exported session";
 *     uint8  version = 1;
 *     opaque host&lt;0..2^16-1&gt;;
 *     uint16 port;
 *     opaque partition&lt;0..2^16-1&gt;;
 * } ExportedFor;
 * </pre>
 *
 * <p>Whom it was made with is not in it but authenticated with it: who opens it has to know.
 */
public final class ExportedClientSession {
  /** Bytes of a key. */
  public static final int KEY_LENGTH = Xaes256Gcm.KEY_LENGTH;

  private static final int VERSION = 1;
  private static final int HEAD = 1 + Xaes256Gcm.NONCE_LENGTH;
  private static final int OVERHEAD = HEAD + Xaes256Gcm.TAG_LENGTH;

  private ExportedClientSession() {}

  /**
   * The session, which stays the caller's, as bytes.
   *
   * @param key {@value #KEY_LENGTH} bytes, which stay the caller's
   * @param madeWith what {@link #open} has to be told
   */
  public static byte[] seal(
      ClientSession session, ClientSessionKey madeWith, byte[] key, SecureRandom random)
      throws TlsException {
    byte[] nonce = new byte[Xaes256Gcm.NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] plaintext = encode(session);
    byte[] out = new byte[OVERHEAD + plaintext.length];
    out[0] = VERSION;
    System.arraycopy(nonce, 0, out, 1, nonce.length);
    try (Xaes256Gcm cipher = Xaes256Gcm.of(key)) {
      cipher.seal(Opaque.takeOver(nonce), madeFor(madeWith), Opaque.takeOver(plaintext), out, HEAD);
      return out;
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * The session that {@link #seal} made bytes of; null if a single bit of them, the key, or whom it
   * was made with is another.
   */
  public static @Nullable ClientSession open(byte[] bytes, ClientSessionKey madeWith, byte[] key)
      throws TlsException {
    if (bytes.length <= OVERHEAD || bytes[0] != VERSION) {
      return null;
    }
    byte[] plaintext = new byte[bytes.length];
    try (Xaes256Gcm cipher = Xaes256Gcm.of(key)) {
      Opaque nonce = Opaque.takeOver(bytes, 1, Xaes256Gcm.NONCE_LENGTH);
      Opaque sealed = Opaque.takeOver(bytes, HEAD, bytes.length - HEAD);
      int length = cipher.open(nonce, madeFor(madeWith), sealed, plaintext);
      return length < 0 ? null : decode(Opaque.takeOver(plaintext, 0, length));
    } catch (DecodeException _) {
      return null;
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  static byte[] encode(ClientSession session) {
    byte[] encoded = SessionCodec.encode(session.session());
    // Never grows, so that the writer does not leave smaller copies behind.
    int length = 3 + encoded.length + 2 + session.ticket().length() + 1 + 32 + 8;
    TlsWriter out = new TlsWriter(length);
    out.opaque24(Opaque.takeOver(encoded)).opaque16(session.ticket());
    out.opaque8(session.sessionId()).uint64(session.receivedAtMillis());
    Arrays.fill(encoded, (byte) 0);
    Opaque written = out.toOpaque();
    byte[] bytes = written.toArray();
    Arrays.fill(written.array(), (byte) 0);
    return bytes;
  }

  private static ClientSession decode(Opaque plaintext) throws DecodeException {
    TlsReader in = TlsReader.of(plaintext);
    Session session = SessionCodec.decode(in.opaque24(1, "session"));
    try {
      Opaque ticket = Opaque.takeOver(in.opaque16(0, "ticket").toArray());
      Opaque id = Opaque.takeOver(in.opaque8(0, 32, "session_id").toArray());
      long receivedAt = in.uint64("received_at");
      in.end("ExportedPlaintext");
      return new ClientSession(session, ticket, id, receivedAt);
    } catch (DecodeException e) {
      session.close();
      throw e;
    } catch (IllegalArgumentException e) {
      session.close();
      throw new DecodeException("A session that could not be offered: " + e.getMessage());
    }
  }

  static Opaque madeFor(ClientSessionKey madeWith) {
    TlsWriter out = new TlsWriter();
    out.opaque8(bytes("reprise exported session")).uint8(VERSION);
    out.opaque16(bytes(madeWith.host())).uint16(madeWith.port());
    return out.opaque16(bytes(madeWith.partition())).toOpaque();
  }

  private static Opaque bytes(String text) {
    return Opaque.takeOver(text.getBytes(StandardCharsets.UTF_8));
  }
}
