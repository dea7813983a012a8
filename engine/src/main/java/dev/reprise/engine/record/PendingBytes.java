/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.crypto.Pool;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes on their way out, in one array that grows with them and is let go of when idle. The first
 * one is shared with other connections, one after the other.
 */
final class PendingBytes {
  /** Enough for what a server sends at first that resumes. */
  private static final int FIRST_CAPACITY = 1024;

  private static final Pool<byte[]> FIRST_ARRAYS = new Pool<>();

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
    giveBack(array);
    array = NONE;
  }

  private void makeRoom(int length) {
    int needed = length() + length;
    if (needed <= array.length) {
      System.arraycopy(array, start, array, 0, length());
    } else {
      byte[] larger = larger(needed);
      System.arraycopy(array, start, larger, 0, length());
      giveBack(array);
      array = larger;
    }
    end -= start;
    start = 0;
  }

  private byte[] larger(int needed) {
    if (needed > FIRST_CAPACITY) {
      return new byte[Math.max(2 * array.length, needed)];
    }
    byte[] shared = FIRST_ARRAYS.take();
    return shared == null ? new byte[FIRST_CAPACITY] : shared;
  }

  private static void giveBack(byte[] array) {
    if (array.length == FIRST_CAPACITY) {
      Arrays.fill(array, (byte) 0);
      FIRST_ARRAYS.give(array);
    }
  }
}
