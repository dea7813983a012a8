/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a CertificateVerify signs: RFC 8446, Section 4.4.3. */
final class Tls13Signatures {
  private static final byte[] SERVER = context("TLS 1.3, server CertificateVerify");
  private static final byte[] CLIENT = context("TLS 1.3, client CertificateVerify");

  private Tls13Signatures() {}

  static byte[] serverContent(byte[] transcriptHash) {
    return content(SERVER, transcriptHash);
  }

  static byte[] clientContent(byte[] transcriptHash) {
    return content(CLIENT, transcriptHash);
  }

  /** 64 spaces, the context string and a zero byte, which keep versions and sides apart. */
  private static byte[] context(String string) {
    byte[] name = string.getBytes(StandardCharsets.US_ASCII);
    byte[] context = new byte[64 + name.length + 1];
    Arrays.fill(context, 0, 64, (byte) 0x20);
    System.arraycopy(name, 0, context, 64, name.length);
    return context;
  }

  private static byte[] content(byte[] context, byte[] transcriptHash) {
    byte[] content = Arrays.copyOf(context, context.length + transcriptHash.length);
    System.arraycopy(transcriptHash, 0, content, context.length, transcriptHash.length);
    return content;
  }
}
