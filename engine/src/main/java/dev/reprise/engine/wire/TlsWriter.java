/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.Arrays;

/**
 * Writes the presentation language of RFC 8446, Section 3. A vector is written between an {@code
 * open} and the {@code close} of the same width, which fills in its length.
 */
public final class TlsWriter {
  private byte[] array;
  private int length;

  public TlsWriter() {
    this(256);
  }

  public TlsWriter(int expectedLength) {
    array = new byte[expectedLength];
  }

  public int length() {
    return length;
  }

  public TlsWriter uint8(int value) {
    room(1);
    array[length++] = (byte) value;
    return this;
  }

  public TlsWriter uint16(int value) {
    return uint8(value >>> 8).uint8(value);
  }

  public TlsWriter uint24(int value) {
    return uint8(value >>> 16).uint16(value);
  }

  public TlsWriter uint32(long value) {
    return uint16((int) (value >>> 16)).uint16((int) value);
  }

  public TlsWriter uint64(long value) {
    return uint32(value >>> 32).uint32(value);
  }

  public TlsWriter bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  public TlsWriter bytes(byte[] bytes, int offset, int count) {
    room(count);
    System.arraycopy(bytes, offset, array, length, count);
    length += count;
    return this;
  }

  public TlsWriter opaque(Opaque bytes) {
    return bytes(bytes.array(), bytes.offset(), bytes.length());
  }

  public TlsWriter opaque8(Opaque bytes) {
    return uint8(fits(bytes.length(), 0xff)).opaque(bytes);
  }

  public TlsWriter opaque16(Opaque bytes) {
    return uint16(fits(bytes.length(), 0xffff)).opaque(bytes);
  }

  public TlsWriter opaque24(Opaque bytes) {
    return uint24(fits(bytes.length(), 0xffffff)).opaque(bytes);
  }

  public TlsWriter codes8(Uint16List codes) {
    uint8(fits(2 * codes.size(), 0xff));
    codes.write(this);
    return this;
  }

  public TlsWriter codes16(Uint16List codes) {
    uint16(fits(2 * codes.size(), 0xffff));
    codes.write(this);
    return this;
  }

  /** Starts a vector under a length of {@code width} bytes; give the result to {@link #close}. */
  public int open(int width) {
    // All ones until closed: an interrupted encoding can never be read as a shorter valid one.
    for (int i = 0; i < width; i++) {
      uint8(0xff);
    }
    return length;
  }

  /** Ends the vector that {@link #open} started with the same {@code width}. */
  public void close(int start, int width) {
    int size = fits(length - start, (1 << (8 * width)) - 1);
    for (int i = 1; i <= width; i++) {
      array[start - i] = (byte) (size >>> (8 * (i - 1)));
    }
  }

  /** The bytes written, which the writer gives up: it is not to be used any more. */
  public Opaque toOpaque() {
    return Opaque.takeOver(array, 0, length);
  }

  /** A copy of the bytes written. */
  public byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  private static int fits(int size, int maximum) {
    if (size > maximum) {
      throw new IllegalArgumentException("A vector of " + size + " bytes; at most " + maximum);
    }
    return size;
  }

  private void room(int count) {
    if (array.length - length < count) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + count));
    }
  }
}
