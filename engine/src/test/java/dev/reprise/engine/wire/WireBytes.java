/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** Small helpers with which tests write bytes and name alerts. */
final class WireBytes {
  private WireBytes() {}

  /** The bytes that {@code text} spells; spaces and line ends between them do not count. */
  static Opaque hex(String text) {
    return Opaque.ofHex(text.replaceAll("\\s", ""));
  }

  static Opaque ascii(String text) {
    return Opaque.takeOver(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** {@code length} bytes that count up from {@code first}. */
  static Opaque counting(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Opaque.takeOver(bytes);
  }

  static Opaque join(Opaque... parts) {
    TlsWriter out = new TlsWriter();
    for (Opaque part : parts) {
      out.opaque(part);
    }
    return out.toOpaque();
  }

  static Opaque bodyOf(Extension extension) {
    TlsWriter out = new TlsWriter();
    extension.write(out);
    return out.toOpaque();
  }

  static Opaque bodyOf(HandshakeMessage message) {
    TlsWriter out = new TlsWriter();
    message.write(out);
    return out.toOpaque();
  }

  static Extension read(int type, ExtensionContext context, Opaque body) throws TlsException {
    return ExtensionReader.read(type, context, TlsReader.of(body));
  }

  static HandshakeMessage read(HandshakeType type, Dialect dialect, Opaque body)
      throws TlsException {
    return HandshakeMessages.read(type, dialect, TlsReader.of(body));
  }

  static void assertRefused(AlertDescription alert, Executable reading) {
    TlsException refusal = assertThrows(TlsException.class, reading);
    assertEquals(alert, refusal.alert(), refusal::getMessage);
  }
}
