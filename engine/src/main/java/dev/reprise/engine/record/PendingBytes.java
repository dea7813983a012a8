/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/** Bytes on their way out, in one array that grows with them and is let go of when idle. */
final class PendingBytes {
  /** Enough for what a server sends at first that resumes with X25519 or P-256. */
  private static final int FIRST_CAPACITY = 160;

  private static final byte[] NONE = new byte[0];

  private byte[] array = NONE;
  private int start;
  private int end;

  int length() {
    return end - start;
  }

  boolean isEmpty() {
    return start == end;
  }

  int capacity() {
    return array.length;
  }

  /**
   * Room for {@code length} bytes more; they count once {@link #added} says that they are there.
   */
  ByteBuffer room(int length) throws TlsException {
    if (length() + length > RecordLimits.PENDING) {
      throw TlsException.internal("More than may wait to be sent", null);
    }
    if (array.length - end < length) {
      makeRoom(length);
    }
    return ByteBuffer.wrap(array, end, length);
  }

  void added(int length) {
    end += length;
  }

  void add(Opaque bytes) throws TlsException {
    room(bytes.length()).put(bytes.array(), bytes.offset(), bytes.length());
    added(bytes.length());
  }

  /** The first {@code length} bytes, which may then be removed. */
  ByteBuffer first(int length) {
    return ByteBuffer.wrap(array, start, length);
  }

  void remove(int length) {
    start += length;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  void release() {
    array = NONE;
  }

  private void makeRoom(int length) {
    int needed = length() + length;
    int larger = Math.max(FIRST_CAPACITY, Math.max(2 * array.length, needed));
    byte[] target = needed <= array.length ? array : new byte[larger];
    System.arraycopy(array, start, target, 0, length());
    end -= start;
    start = 0;
    array = target;
  }
}
