/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A run of bytes in an array, where a JCA cipher reads or writes. */
final class Span {
  final byte[] array;
  final int offset;
  final int length;

  private Span(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** What {@code in} has left, where it lies; null if it is in no array that may be seen. */
  static @Nullable Span of(ByteBuffer in) {
    return in.hasArray()
        ? new Span(in.array(), in.arrayOffset() + in.position(), in.remaining())
        : null;
  }

  /** A copy of what {@code in} has left. */
  static Span copyOf(ByteBuffer in) {
    byte[] copy = new byte[in.remaining()];
    in.get(in.position(), copy);
    return new Span(copy, 0, copy.length);
  }

  /** The next {@code length} bytes of {@code out}, or a place of their own if it has no array. */
  static Span in(ByteBuffer out, int length) {
    return out.hasArray()
        ? new Span(out.array(), out.arrayOffset() + out.position(), length)
        : new Span(new byte[length], 0, length);
  }

  /** Copies what {@code in} has left to the beginning of this. */
  Span filledFrom(ByteBuffer in) {
    in.get(in.position(), array, offset, in.remaining());
    return new Span(array, offset, in.remaining());
  }

  /**
   * Whether writing here in order could overwrite {@code source} before it is read. Exactly in
   * place is fine; shifted by a few bytes, not every cipher looks.
   */
  @SuppressWarnings("ReferenceEquality") // The question is whether it is the same memory.
  boolean disturbs(Span source) {
    return array == source.array
        && offset != source.offset
        && offset < source.offset + source.length
        && source.offset < offset + length;
  }

  void clear() {
    Arrays.fill(array, offset, offset + length, (byte) 0);
  }

  /** Moves {@code out} on behind this, which {@link #in} made for it. */
  void deliverTo(ByteBuffer out) {
    if (out.hasArray()) {
      out.position(out.position() + length);
    } else {
      out.put(array, offset, length);
    }
  }
}
