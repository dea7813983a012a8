/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what a key leaves in memory: any 16 bytes of it in a row, as they are, in 32-bit or 64-bit
 * words of the other byte order, or as the Mac of a JCA provider keeps them, xored with 0x36 or
 * 0x5c (RFC 2104). Expanded AES keys begin with the key and so are found as well.
 *
 * <p>Sixteen bytes in a row cover one of the 8-byte words at multiples of 8, wherever they start.
 * So only these words are looked up, in a table of all 8-byte windows of all forms; what is found
 * so is compared byte by byte.
 */
public final class KeyTraces {
  /** Shorter runs may be chance, in bytes. */
  public static final int RUN = 16;

  private static final int WORD = 8;

  /** A form that a key takes in memory. */
  public enum Form {
    PLAIN,
    SWAPPED_32,
    SWAPPED_64,
    XORED_36,
    XORED_5C
  }

  /**
   * A trace.
   *
   * @param key its name
   * @param at where the run begins, counted from the start of what was searched
   * @param length of the run, in bytes
   */
  public record Trace(String key, Form form, long at, int length) {}

  /** One key in one form. */
  private static final class Needle {
    final String key;
    final Form form;
    final byte[] bytes;

    Needle(String key, Form form, byte[] bytes) {
      this.key = key;
      this.form = form;
      this.bytes = bytes;
    }
  }

  /** Where a window is found in a needle. */
  private record Window(Needle needle, int at) {}

  private final long[] words;
  private final Window[][] windows;
  private final int mask;

  private KeyTraces(List<Needle> needles) {
    int entries = needles.stream().mapToInt(needle -> needle.bytes.length).sum();
    int size = Integer.highestOneBit(Math.max(64, 8 * entries)) * 2;
    mask = size - 1;
    words = new long[size];
    windows = new Window[size][];
    for (Needle needle : needles) {
      ByteBuffer bytes = ByteBuffer.wrap(needle.bytes).order(ByteOrder.nativeOrder());
      for (int at = 0; at + WORD <= needle.bytes.length; at++) {
        add(bytes.getLong(at), new Window(needle, at));
      }
    }
  }

  /** For one key, of 16 bytes at least. */
  public static KeyTraces of(String name, byte[] key) {
    return new KeyTraces(forms(name, key));
  }

  /** For all keys of both. */
  public static KeyTraces of(List<String> names, List<byte[]> keys) {
    List<Needle> needles = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      needles.addAll(forms(names.get(i), keys.get(i)));
    }
    return new KeyTraces(needles);
  }

  private static List<Needle> forms(String name, byte[] key) {
    if (key.length < RUN) {
      throw new IllegalArgumentException("A key of " + key.length + " bytes");
    }
    return List.of(
        new Needle(name, Form.PLAIN, key.clone()),
        new Needle(name, Form.SWAPPED_32, swapped(key, 4)),
        new Needle(name, Form.SWAPPED_64, swapped(key, 8)),
        new Needle(name, Form.XORED_36, xored(key, 0x36)),
        new Needle(name, Form.XORED_5C, xored(key, 0x5c)));
  }

  private static byte[] swapped(byte[] key, int word) {
    byte[] swapped = Arrays.copyOf(key, key.length / word * word);
    for (int i = 0; i < swapped.length; i++) {
      swapped[i] = key[i / word * word + word - 1 - i % word];
    }
    return swapped;
  }

  private static byte[] xored(byte[] key, int mask) {
    byte[] xored = key.clone();
    for (int i = 0; i < xored.length; i++) {
      xored[i] ^= (byte) mask;
    }
    return xored;
  }

  private void add(long word, Window window) {
    int slot = slot(word);
    while (windows[slot] != null && words[slot] != word) {
      slot = (slot + 1) & mask;
    }
    words[slot] = word;
    Window[] known = windows[slot] == null ? new Window[0] : windows[slot];
    windows[slot] = Arrays.copyOf(known, known.length + 1);
    windows[slot][known.length] = window;
  }

  private int slot(long word) {
    long mixed = word * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 40) & mask;
  }

  /**
   * The traces in the first {@code length} bytes of {@code memory}.
   *
   * @param base what {@link Trace#at} is counted from: the place of the first byte
   */
  public List<Trace> in(byte[] memory, int length, long base) {
    List<Trace> traces = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(memory, 0, length).order(ByteOrder.nativeOrder());
    int end = -1;
    for (int at = 0; at + WORD <= length; at += WORD) {
      long word = buffer.getLong(at);
      for (int slot = slot(word); windows[slot] != null; slot = (slot + 1) & mask) {
        if (words[slot] == word && at >= end) {
          end = Math.max(end, grow(windows[slot], memory, length, at, base, traces));
        }
      }
    }
    return traces;
  }

  /** Grows the first window that makes a run; returns the run's end, or -1. */
  private static int grow(
      Window[] windows, byte[] memory, int length, int at, long base, List<Trace> traces) {
    for (Window window : windows) {
      byte[] key = window.needle().bytes;
      int before = 0;
      while (before < Math.min(at, window.at())
          && memory[at - before - 1] == key[window.at() - before - 1]) {
        before++;
      }
      int after = WORD;
      while (at + after < length
          && window.at() + after < key.length
          && memory[at + after] == key[window.at() + after]) {
        after++;
      }
      if (before + after >= RUN) {
        Needle needle = window.needle();
        traces.add(new Trace(needle.key, needle.form, base + at - before, before + after));
        return at + after;
      }
    }
    return -1;
  }
}
