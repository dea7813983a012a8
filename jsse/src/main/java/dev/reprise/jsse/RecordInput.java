/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a peer's records. It stays here when a read times out, so that the next one
 * goes on where that one stopped. Not thread-safe.
 */
final class RecordInput {
  private static final int HEADER = 5;

  /** Enough for handshakes and small messages; a longer record makes it grow once. */
  private static final int USUAL_CAPACITY = 4096;

  /** Reads whose bytes are dropped. */
  private static final int MOST_DISCARDED = 16;

  private final InputStream stream;
  private final boolean exact;
  private @Nullable InputStream before;
  private ByteBuffer arrived = ByteBuffer.allocate(0);

  /**
   * @param before what an application has read already, to be read first
   * @param exact not to take a byte more than the current record: what follows TLS may belong to
   *     the application. It costs a system call per record.
   */
  RecordInput(InputStream stream, @Nullable InputStream before, boolean exact) {
    this.stream = stream;
    this.before = before;
    this.exact = exact;
  }

  /** Ready to be read from. */
  ByteBuffer arrived() {
    return arrived;
  }

  /**
   * Waits for at least one byte more.
   *
   * @return false at the end of the stream
   */
  boolean fill() throws IOException {
    makeRoom();
    int end = arrived.limit();
    int room = arrived.capacity() - end;
    int count = read(arrived.array(), end, exact ? Math.min(missing(), room) : room);
    if (count < 0) {
      return false;
    }
    arrived.limit(end + count);
    return true;
  }

  /** Reads on, a bounded number of times, and keeps nothing of it. */
  void discard(boolean waiting) throws IOException {
    byte[] scratch = new byte[USUAL_CAPACITY];
    for (int i = 0; i < MOST_DISCARDED; i++) {
      if ((!waiting && stream.available() == 0) || stream.read(scratch) < 0) {
        return;
      }
    }
  }

  private int read(byte[] bytes, int offset, int length) throws IOException {
    InputStream first = before;
    if (first != null) {
      int count = first.read(bytes, offset, length);
      if (count >= 0) {
        return count;
      }
      before = null;
    }
    return stream.read(bytes, offset, length);
  }

  /** Of the header, and once that is here, of the record; its header was found good by then. */
  private int missing() {
    int here = arrived.remaining();
    if (here < HEADER) {
      return HEADER - here;
    }
    int payload = arrived.getShort(arrived.position() + HEADER - Short.BYTES) & 0xffff;
    return Math.max(1, HEADER + payload - here);
  }

  private void makeRoom() {
    if (arrived.hasRemaining() && arrived.limit() < arrived.capacity()) {
      return;
    }
    int capacity =
        arrived.remaining() < USUAL_CAPACITY ? USUAL_CAPACITY : TlsConnection.LONGEST_RECORD;
    arrived =
        (capacity <= arrived.capacity()
                ? arrived.compact()
                : ByteBuffer.allocate(capacity).put(arrived))
            .flip();
  }
}
