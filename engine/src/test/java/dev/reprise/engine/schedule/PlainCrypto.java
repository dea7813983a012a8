/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The formulas of the RFCs once more, over javax.crypto alone, to compare with. */
final class PlainCrypto {
  private PlainCrypto() {}

  static byte[] hmac(String algorithm, byte[] key, byte[]... data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    for (byte[] part : data) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  /** RFC 5246, Section 5: PRF(secret, label, seed) = P_hash(secret, label + seed). */
  static byte[] prf(String algorithm, byte[] secret, String label, byte[] seed, int length)
      throws GeneralSecurityException {
    byte[] labelAndSeed = concat(ascii(label), seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] a = labelAndSeed;
    while (out.size() < length) {
      a = hmac(algorithm, secret, a);
      out.writeBytes(hmac(algorithm, secret, a, labelAndSeed));
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }

  /** RFC 8446, Section 7.1: HKDF-Expand-Label(secret, label, context, length). */
  static byte[] expandLabel(
      String algorithm, byte[] secret, String label, byte[] context, int length)
      throws GeneralSecurityException {
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.write(length >> 8);
    info.write(length);
    info.write(6 + label.length());
    info.writeBytes(ascii("tls13 " + label));
    info.write(context.length);
    info.writeBytes(context);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] t = {};
    for (int i = 1; out.size() < length; i++) {
      t = hmac(algorithm, secret, t, info.toByteArray(), new byte[] {(byte) i});
      out.writeBytes(t);
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
