/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import dev.reprise.engine.resumption.WellKnownWeakKeys;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the halves themselves: what is derived from two weak ones looks as random as any key.
 */
final class KeyAudit {
  private KeyAudit() {}

  static @Nullable String weakness(FileKey key) {
    byte[] aes = key.aes().reveal();
    byte[] hmac = key.hmac().reveal();
    if (isText(key.name().toArray()) && isText(aes) && isText(hmac)) {
      return "it is text, which has half the randomness of bytes at most";
    }
    if (key.aes().sameAs(key.hmac())) {
      return "its AES key and its HMAC key are the same";
    }
    @Nullable String ofAes = weakness("AES", aes, key);
    return ofAes != null ? ofAes : weakness("HMAC", hmac, key);
  }

  private static @Nullable String weakness(String half, byte[] bytes, FileKey key) {
    @Nullable String property = WellKnownWeakKeys.weakness(bytes);
    if (property != null) {
      return "its " + half + " key " + property;
    }
    return WellKnownWeakKeys.contains(bytes, key.name().toArray())
        ? "its " + half + " key contains the key's name"
        : null;
  }

  /** A random key of 48 bytes is all printable with a probability of 2<sup>-68</sup>. */
  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
