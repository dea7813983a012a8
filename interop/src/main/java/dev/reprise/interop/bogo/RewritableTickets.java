/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionCodec;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that the runner can rewrite: its key, its sealing (a name, an IV, AES-128-CBC,
 * HMAC-SHA256), and around our session the beginning of its DER, which holds the version and the
 * suite that it changes. What becomes of a session so changed is decided by {@link SessionCodec}
 * and by the engine, as with real tickets.
 *
 * <pre>
 * SEQUENCE { INTEGER 1, INTEGER version, OCTET STRING cipherSuite, OCTET STRING session }
 * </pre>
 */
final class RewritableTickets implements TicketFormat {
  private static final int NAME = 16;
  private static final int IV = 16;
  private static final int MAC = 32;
  // SEQUENCE with a length in two bytes, INTEGER 1, and the heads of the three that follow.
  private static final int VERSION_AT = 4 + 3 + 2;
  private static final int SUITE_AT = VERSION_AT + 2 + 2;
  private static final int SESSION_AT = SUITE_AT + 2 + 4;
  // Where SessionCodec has them: after its own version, and after the scope.
  private static final int CODEC_VERSION_AT = 1;
  private static final int CODEC_SUITE_AT = 1 + 2 + ResumptionScope.LENGTH;

  private final byte[] name;
  private final SecretKeySpec macKey;
  private final SecretKeySpec cipherKey;

  RewritableTickets(byte[] key) {
    this.name = Arrays.copyOf(key, NAME);
    this.macKey = new SecretKeySpec(key, 16, 16, "HmacSHA256");
    this.cipherKey = new SecretKeySpec(key, 32, 16, "AES");
  }

  @Override
  public @Nullable SealedTicket seal(Session session) {
    byte[] encoded = SessionCodec.encode(session);
    byte[] plaintext = der(encoded);
    byte[] iv = new byte[IV];
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, iv, plaintext);
    ByteBuffer ticket = ByteBuffer.allocate(NAME + IV + sealed.length + MAC);
    ticket.put(name).put(iv).put(sealed);
    ticket.put(mac(ticket.array(), ticket.position()));
    return new SealedTicket(Opaque.takeOver(ticket.array()), "runner", Long.MAX_VALUE);
  }

  @Override
  public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
    byte[] bytes = ticket.toArray();
    int end = bytes.length - MAC;
    if (end <= NAME + IV || !MessageDigest.isEqual(name, Arrays.copyOf(bytes, NAME))) {
      return new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null);
    }
    if (!MessageDigest.isEqual(mac(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      return new TicketOpening.Missed(MissReason.NOT_AUTHENTIC, null);
    }
    byte[] iv = Arrays.copyOfRange(bytes, NAME, NAME + IV);
    byte[] sealed = Arrays.copyOfRange(bytes, NAME + IV, end);
    return read(crypt(Cipher.DECRYPT_MODE, iv, sealed), version, scope);
  }

  private TicketOpening read(byte[] plaintext, ProtocolVersion version, ResumptionScope scope) {
    int length = ByteBuffer.wrap(plaintext).getShort(SESSION_AT);
    byte[] encoded = Arrays.copyOfRange(plaintext, SESSION_AT + 2, SESSION_AT + 2 + length);
    System.arraycopy(plaintext, VERSION_AT, encoded, CODEC_VERSION_AT, 2);
    System.arraycopy(plaintext, SUITE_AT, encoded, CODEC_SUITE_AT, 2);
    return switch (SessionCodec.open(Opaque.takeOver(encoded), version, scope)) {
      case Lookup.Found(Session session) -> new TicketOpening.Opened(session, "runner", false);
      case Lookup.Mismatched(MissReason reason) -> new TicketOpening.Missed(reason, "runner");
      case Lookup.NotInStore _, Lookup.Unavailable _ ->
          new TicketOpening.Missed(MissReason.UNKNOWN_FORMAT, "runner");
    };
  }

  /** With zeros behind the session, so that every long length takes two bytes. */
  private static byte[] der(byte[] encoded) {
    byte[] session =
        ByteBuffer.allocate(Math.max(2 + encoded.length, 256))
            .putShort((short) encoded.length)
            .put(encoded)
            .array();
    ByteBuffer out = ByteBuffer.allocate(SESSION_AT + session.length);
    out.putShort((short) 0x3082).putShort((short) (out.capacity() - 4));
    out.put(new byte[] {0x02, 1, 1});
    out.putShort((short) 0x0202).put(encoded, CODEC_VERSION_AT, 2);
    out.putShort((short) 0x0402).put(encoded, CODEC_SUITE_AT, 2);
    out.putShort((short) 0x0482).putShort((short) session.length).put(session);
    return out.array();
  }

  private byte[] crypt(int mode, byte[] iv, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, cipherKey, new IvParameterSpec(iv));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] mac(byte[] bytes, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(macKey);
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
