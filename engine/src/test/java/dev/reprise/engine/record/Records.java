/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.junit.jupiter.api.function.Executable;

/** Records and messages as bytes, made without the classes under test. */
final class Records {
  private Records() {}

  /** Bytes that are all unlike their neighbours. */
  static byte[] content(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (1 + i + i / 251);
    }
    return content;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] record(ContentType type, byte[] payload) {
    return record(type.code(), 0x0303, payload.length, payload);
  }

  static byte[] record(int type, int version, int length, byte[] payload) {
    byte[] header = bytes(type, version >> 8, version, length >> 8, length);
    return concat(header, payload);
  }

  static byte[] changeCipherSpec() {
    return record(ContentType.CHANGE_CIPHER_SPEC, bytes(1));
  }

  /** A handshake message with a body of that many bytes. */
  static byte[] message(HandshakeType type, int length) {
    byte[] header = bytes(type.code(), length >> 16, length >> 8, length);
    return concat(header, content(length));
  }

  static byte[] sealed(RecordProtection protection, ContentType type, byte[] content)
      throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(RecordLimits.RECORD + 100);
    protection.seal(type, ByteBuffer.wrap(content), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** A TLS 1.3 record whose inner plaintext is {@code inner}, whatever that means. */
  static byte[] sealed13(ProtectionKind kind, long sequence, byte[] inner) {
    byte[] header = bytes(23, 3, 3, (inner.length + 16) >> 8, inner.length + 16);
    byte[] nonce = kind.iv();
    for (int i = 0; i < 8; i++) {
      nonce[11 - i] ^= (byte) (sequence >>> (8 * i));
    }
    return concat(header, encrypted(kind, nonce, header, inner));
  }

  static byte[] encrypted(ProtectionKind kind, byte[] nonce, byte[] additional, byte[] text) {
    try {
      return PlainAeads.crypt(
          Cipher.ENCRYPT_MODE, kind.algorithm, kind.key(), nonce, additional, text);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What lies between the start of {@code written} and its position. */
  static byte[] written(ByteBuffer written) {
    byte[] bytes = new byte[written.position()];
    written.get(0, bytes);
    return bytes;
  }

  static void assertAlert(AlertDescription expected, Executable executable) {
    TlsException thrown = assertThrows(TlsException.class, executable);
    assertEquals(expected, thrown.alert(), thrown::getMessage);
  }
}
