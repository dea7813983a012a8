/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What is sent: lines of letters, since some programs deal in lines, of whole lines only. */
final class Content {
  static final int LINE = 64;
  static final int MEBIBYTE = 1 << 20;

  private Content() {}

  static byte[] of(int length) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(length);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = i % LINE == LINE - 1 ? (byte) '\n' : (byte) ('a' + random.nextInt(26));
    }
    return bytes;
  }

  /** Each line from right to left. */
  static byte[] reversed(byte[] lines) {
    StringBuilder reversed = new StringBuilder();
    new String(lines, StandardCharsets.US_ASCII)
        .lines()
        .forEach(line -> reversed.append(new StringBuilder(line).reverse()).append('\n'));
    return reversed.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
