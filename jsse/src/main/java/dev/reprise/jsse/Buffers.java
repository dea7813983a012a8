/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A caller's row of buffers, checked as {@link javax.net.ssl.SSLEngine} says. */
final class Buffers {
  private final ByteBuffer[] all;
  private final int offset;
  private final int count;

  private Buffers(ByteBuffer[] all, int offset, int count) {
    this.all = all;
    this.offset = offset;
    this.count = count;
  }

  /** To be read from. */
  static Buffers sources(ByteBuffer @Nullable [] buffers, int offset, int count) {
    if (buffers == null) {
      throw new IllegalArgumentException("There is no array of source buffers");
    }
    Objects.checkFromIndexSize(offset, count, buffers.length);
    for (int i = offset; i < offset + count; i++) {
      requirePresent(buffers[i]);
    }
    return new Buffers(buffers, offset, count);
  }

  /** To be written to. */
  static Buffers destinations(ByteBuffer @Nullable [] buffers, int offset, int count) {
    Buffers destinations = sources(buffers, offset, count);
    for (int i = offset; i < offset + count; i++) {
      requireWritable(destinations.all[i]);
    }
    return destinations;
  }

  static ByteBuffer requirePresent(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      throw new IllegalArgumentException("A buffer is missing");
    }
    return buffer;
  }

  static void requireWritable(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
  }

  /** The caller's array: never changed, only its buffers. */
  ByteBuffer[] all() {
    return all;
  }

  int offset() {
    return offset;
  }

  int count() {
    return count;
  }

  /** Bytes left in all of them together. */
  long remaining() {
    long sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += all[i].remaining();
    }
    return sum;
  }

  /** The first buffer, if it has {@code space} left; else null. */
  @Nullable ByteBuffer firstWith(int space) {
    return count > 0 && all[offset].remaining() >= space ? all[offset] : null;
  }

  /** Moves {@code scratch} into the buffers, first to last. */
  void scatter(ByteBuffer scratch) {
    for (int i = offset; scratch.hasRemaining(); i++) {
      ByteBuffer target = all[i];
      int length = Math.min(target.remaining(), scratch.remaining());
      target.put(scratch.slice(scratch.position(), length));
      scratch.position(scratch.position() + length);
    }
  }
}
