/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/** Digests that stand for certificates; nothing secret. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }

  /** Of digests one after the other, which is injective since all have one length. */
  static byte[] ofAll(Collection<byte[]> digests) {
    MessageDigest all = digest();
    digests.forEach(all::update);
    return all.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
