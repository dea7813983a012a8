/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes: the presentation language's {@code opaque} (RFC 8446, Section 3.5). It
 * may be a window into a larger array, which it shares and which nobody writes to any more.
 */
public final class Opaque {
  /** No bytes. */
  public static final Opaque EMPTY = new Opaque(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Opaque(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** A copy of {@code bytes}. */
  public static Opaque copyOf(byte... bytes) {
    return takeOver(bytes.clone());
  }

  /** The bytes themselves: the caller gives up the array. */
  public static Opaque takeOver(byte[] bytes) {
    return takeOver(bytes, 0, bytes.length);
  }

  /** A window into {@code bytes}: the caller gives up that part of the array. */
  public static Opaque takeOver(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? EMPTY : new Opaque(bytes, offset, length);
  }

  /** The bytes that {@code hex} spells, for constants and tests. */
  public static Opaque ofHex(String hex) {
    return takeOver(HexFormat.of().parseHex(hex));
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at {@code index} as 0..255. */
  public int at(int index) {
    return array[offset + Objects.checkIndex(index, length)] & 0xff;
  }

  /** The window of {@code length} bytes at {@code from}, sharing the bytes. */
  public Opaque slice(int from, int sliceLength) {
    Objects.checkFromIndexSize(from, sliceLength, length);
    return takeOver(array, offset + from, sliceLength);
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Copies all bytes to {@code target} at {@code at}. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, offset, target, at, length);
  }

  /** The shared array that the bytes lie in, from {@link #offset}: to be read, never written. */
  public byte[] array() {
    return array;
  }

  /** Where the bytes start in {@link #array}. */
  public int offset() {
    return offset;
  }

  /** Whether both are equal, in a time that depends on the lengths only. */
  public boolean equalsInConstantTime(Opaque other) {
    if (length != other.length) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= array[offset + i] ^ other.array[other.offset + i];
    }
    return difference == 0;
  }

  /** Not for secrets: ends at the first difference. */
  @Override
  public boolean equals(Object object) {
    return object instanceof Opaque other
        && Arrays.equals(
            array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }
}
