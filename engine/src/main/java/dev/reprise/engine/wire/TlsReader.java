/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the presentation language of RFC 8446, Section 3 from a bounded run of bytes. It cannot
 * overrun: a read past the end is a {@link DecodeException}. Whoever reads a structure ends with
 * {@link #end}, since left-over bytes are an error as well.
 */
public final class TlsReader {
  private final byte[] array;
  private final int limit;
  private int position;

  private TlsReader(byte[] array, int position, int limit) {
    this.array = array;
    this.position = position;
    this.limit = limit;
  }

  public static TlsReader of(Opaque bytes) {
    return new TlsReader(bytes.array(), bytes.offset(), bytes.offset() + bytes.length());
  }

  public int remaining() {
    return limit - position;
  }

  public boolean hasRemaining() {
    return position < limit;
  }

  public int uint8(String what) throws DecodeException {
    require(1, what);
    return array[position++] & 0xff;
  }

  public int uint16(String what) throws DecodeException {
    require(2, what);
    int value = (array[position] & 0xff) << 8 | (array[position + 1] & 0xff);
    position += 2;
    return value;
  }

  public int uint24(String what) throws DecodeException {
    require(3, what);
    return uint8(what) << 16 | uint16(what);
  }

  public long uint32(String what) throws DecodeException {
    require(4, what);
    return (long) uint16(what) << 16 | uint16(what);
  }

  public long uint64(String what) throws DecodeException {
    require(8, what);
    return uint32(what) << 32 | uint32(what);
  }

  /** {@code opaque what[length]}, sharing the bytes. */
  public Opaque opaque(int length, String what) throws DecodeException {
    require(length, what);
    Opaque bytes = Opaque.takeOver(array, position, length);
    position += length;
    return bytes;
  }

  /** {@code opaque what<minimum..maximum>} under a one-byte length. */
  public Opaque opaque8(int minimum, int maximum, String what) throws DecodeException {
    return opaque(bounded(uint8(what), minimum, maximum, what), what);
  }

  /** {@code opaque what<minimum..2^16-1>}. */
  public Opaque opaque16(int minimum, String what) throws DecodeException {
    return opaque(bounded(uint16(what), minimum, 0xffff, what), what);
  }

  /** {@code opaque what<minimum..2^24-1>}. */
  public Opaque opaque24(int minimum, String what) throws DecodeException {
    return opaque(bounded(uint24(what), minimum, 0xffffff, what), what);
  }

  /** A reader over the bytes of a vector under a one-byte length. */
  public TlsReader vector8(int minimum, String what) throws DecodeException {
    return vector(bounded(uint8(what), minimum, 0xff, what), what);
  }

  /** A reader over the bytes of a vector under a two-byte length. */
  public TlsReader vector16(int minimum, String what) throws DecodeException {
    return vector(bounded(uint16(what), minimum, 0xffff, what), what);
  }

  /** Passes over a vector under a two-byte length. */
  public void skip16(String what) throws DecodeException {
    int length = uint16(what);
    require(length, what);
    position += length;
  }

  /** A reader over the bytes of a vector under a three-byte length. */
  public TlsReader vector24(int minimum, String what) throws DecodeException {
    return vector(bounded(uint24(what), minimum, 0xffffff, what), what);
  }

  /** Code points under a one-byte length, at least {@code minimum} of them. */
  public Uint16List codes8(int minimum, String what) throws DecodeException {
    TlsReader codes = vector8(2 * minimum, what);
    return Uint16List.readAll(codes, what);
  }

  /** Code points under a two-byte length, at least {@code minimum} of them. */
  public Uint16List codes16(int minimum, String what) throws DecodeException {
    TlsReader codes = vector16(2 * minimum, what);
    return Uint16List.readAll(codes, what);
  }

  /** Elements until nothing is left: the contents of a vector. Each must take at least a byte. */
  public <T> List<T> all(Element<T> element) throws TlsException {
    if (!hasRemaining()) {
      return List.of();
    }
    T first = element.read(this);
    // The usual case in a ClientHello, and it needs no intermediate list.
    return hasRemaining() ? moreThan(first, element) : List.of(first);
  }

  private <T> List<T> moreThan(T first, Element<T> element) throws TlsException {
    List<T> elements = new ArrayList<>();
    elements.add(first);
    while (hasRemaining()) {
      elements.add(element.read(this));
    }
    return List.copyOf(elements);
  }

  /** Everything that is left, sharing the bytes. */
  public Opaque rest() {
    Opaque bytes = Opaque.takeOver(array, position, limit - position);
    position = limit;
    return bytes;
  }

  /** RFC 8446, Section 6.2: a message of an incorrect length is a {@code decode_error}. */
  public void end(String what) throws DecodeException {
    if (position != limit) {
      throw new DecodeException(what + " has " + remaining() + " bytes too many");
    }
  }

  private TlsReader vector(int length, String what) throws DecodeException {
    require(length, what);
    TlsReader vector = new TlsReader(array, position, position + length);
    position += length;
    return vector;
  }

  private static int bounded(int length, int minimum, int maximum, String what)
      throws DecodeException {
    if (length < minimum || length > maximum) {
      throw new DecodeException(what + " is " + length + " bytes long");
    }
    return length;
  }

  private void require(int length, String what) throws DecodeException {
    if (limit - position < length) {
      throw new DecodeException(what + " is cut short");
    }
  }

  /** Reads one element of a vector. */
  @FunctionalInterface
  public interface Element<T> {
    T read(TlsReader in) throws TlsException;
  }
}
