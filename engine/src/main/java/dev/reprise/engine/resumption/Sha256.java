/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that stand for what they are made of; nothing secret. */
final class Sha256 {
  private Sha256() {}

  static Opaque of(Opaque bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.array(), bytes.offset(), bytes.length());
      return Opaque.takeOver(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
