/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.security.SecureRandom;

/**
 * Hashes for tables whose keys a peer may choose: a polynomial over the field of 2^61 - 1 elements
 * at a random point, then multiplied by a random odd number (M. Dietzfelbinger et al., 1997). Two
 * keys of n words meet with a probability of about n / 2^61 + 2 / buckets, whoever chose them, as
 * nobody sees the hashes.
 */
final class KeyedHash {
  private static final long PRIME = (1L << 61) - 1;

  private final long point;
  private final long factor;

  KeyedHash(SecureRandom random) {
    point = 2 + random.nextLong(PRIME - 2);
    factor = random.nextLong() | 1;
  }

  /** Of bytes of any length. */
  int of(byte[] bytes) {
    long hash = bytes.length;
    for (int i = 0; i < bytes.length; i += Integer.BYTES) {
      long word = 0;
      for (int j = i; j < Math.min(i + Integer.BYTES, bytes.length); j++) {
        word = (word << 8) | (bytes[j] & 0xff);
      }
      hash = step(hash, word);
    }
    return finish(hash);
  }

  /** Of a session's ID. */
  int of(StoreKey key) {
    long hash = key.length();
    hash = step(step(hash, key.first() >>> 32), key.first() & 0xffff_ffffL);
    hash = step(step(hash, key.second() >>> 32), key.second() & 0xffff_ffffL);
    hash = step(step(hash, key.third() >>> 32), key.third() & 0xffff_ffffL);
    hash = step(step(hash, key.fourth() >>> 32), key.fourth() & 0xffff_ffffL);
    return finish(hash);
  }

  // hash * point + word modulo the prime; all are below 2^61 + 2^32.
  private long step(long hash, long word) {
    long high = Math.multiplyHigh(hash, point);
    long low = hash * point;
    long sum = (low & PRIME) + ((low >>> 61) | (high << 3)) + word;
    return (sum & PRIME) + (sum >>> 61);
  }

  // The product's highest bits are the good ones: as the lowest, which choose a bucket.
  private int finish(long hash) {
    return Integer.reverse((int) ((hash * factor) >>> 32));
  }
}
