/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.SeededRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A polynomial over a secret point, modulo 2^61 - 1. */
class KeyedHashTest {
  private static final BigInteger PRIME = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);

  private final KeyedHash hash = new KeyedHash(SeededRandom.of(1));

  @Test
  void everyBitAndTheLengthCount() {
    for (int length = 1; length <= 40; length++) {
      byte[] bytes = random(length);
      Set<Integer> seen = new HashSet<>();
      seen.add(hash.of(bytes));
      seen.add(hash.of(Arrays.copyOf(bytes, length + 1)));
      for (int bit = 0; bit < 8 * length; bit++) {
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        seen.add(hash.of(bytes));
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      }
      assertEquals(2 + 8 * length, seen.size(), "of " + length + " bytes");
    }
  }

  @Test
  void everyBitOfAnIdAndItsLengthCount() {
    byte[] bytes = random(32);
    Set<Integer> seen = new HashSet<>();
    seen.add(of(bytes));
    for (int bit = 0; bit < 8 * 32; bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      seen.add(of(bytes));
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    seen.add(of(new byte[1]));
    seen.add(of(new byte[2]));
    assertEquals(1 + 8 * 32 + 2, seen.size());
  }

  @Test
  void isThePolynomialThatItSaysItIs() {
    byte[] bytes = random(23);
    List<Long> words = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += 4) {
      byte[] word = Arrays.copyOfRange(bytes, i, Math.min(i + 4, bytes.length));
      words.add(new BigInteger(1, word).longValueExact());
    }
    assertEquals(polynomial(bytes.length, words), hash.of(bytes));
  }

  @Test
  void takesAnIdByItsHalfWords() {
    StoreKey key = Objects.requireNonNull(StoreKey.of(Opaque.copyOf(random(32))));
    List<Long> words = new ArrayList<>();
    for (long word : new long[] {key.first(), key.second(), key.third(), key.fourth()}) {
      words.add(word >>> 32);
      words.add(word & 0xffff_ffffL);
    }
    assertEquals(polynomial(key.length(), words), hash.of(key));
  }

  /** Under the same secrets: the first draw is the point, the second the factor. */
  private static int polynomial(long first, List<Long> words) {
    SeededRandom secrets = SeededRandom.of(1);
    BigInteger point = BigInteger.valueOf(2 + secrets.nextLong((1L << 61) - 3));
    long factor = secrets.nextLong() | 1;
    BigInteger sum = BigInteger.valueOf(first);
    for (long word : words) {
      sum = sum.multiply(point).add(BigInteger.valueOf(word)).mod(PRIME);
    }
    return Integer.reverse((int) ((sum.longValueExact() * factor) >>> 32));
  }

  @Test
  void isAnotherOneForAnotherSecret() {
    byte[] bytes = random(32);
    assertNotEquals(hash.of(bytes), new KeyedHash(SeededRandom.of(2)).of(bytes));
  }

  /** Of 8,192 balls in as many bins no bin has more than 8 or so, by chance once in 100 runs. */
  @Test
  void spreadsNumbersThatFollowEachOther() {
    int[] buckets = new int[8192];
    for (int i = 0; i < buckets.length; i++) {
      buckets[hash.of(new byte[] {(byte) (i >> 8), (byte) i}) & (buckets.length - 1)]++;
    }
    assertTrue(Arrays.stream(buckets).max().orElseThrow() <= 12);
  }

  private int of(byte[] id) {
    return hash.of(Objects.requireNonNull(StoreKey.of(Opaque.copyOf(id))));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
