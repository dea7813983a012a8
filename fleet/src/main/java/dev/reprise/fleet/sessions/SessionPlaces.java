/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.wire.Opaque;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions lie: under a hash of their ID, so that who reads Redis cannot offer one to a
 * server. The keys have no hash tag, so that a cluster spreads them.
 */
final class SessionPlaces {
  static final int HASH_LENGTH = 32;
  private static final int LONGEST_ID = 32;
  private static final byte[] LABEL = "reprise session ID 1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] prefix;

  SessionPlaces(byte[] prefix) {
    this.prefix = prefix.clone();
  }

  /** The hash of an ID; null if it is empty or too long: no session has one like it. */
  static @Nullable Opaque hash(Opaque id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(LABEL);
      digest.update(id.array(), id.offset(), id.length());
      return Opaque.takeOver(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The key in Redis. */
  byte[] key(Opaque hash) {
    byte[] key = new byte[prefix.length + hash.length()];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    hash.copyTo(key, prefix.length);
    return key;
  }
}
