/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * Remembers what was drawn that is long enough for a secret, outside of the heap: so that a search
 * of the heap finds what others have left there. Names and nonces, which are no secrets, are
 * shorter.
 */
final class RecordingRandom extends SecureRandom {
  /** Bytes of the pieces that it remembers. */
  static final int PIECE = 32;

  private static final long serialVersionUID = 1L;

  private final transient MemorySegment recorded = Arena.global().allocate(1 << 20);
  private transient long length;

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    super.nextBytes(bytes);
    for (int at = 0; at + PIECE <= bytes.length; at += PIECE) {
      MemorySegment.copy(bytes, at, recorded, ValueLayout.JAVA_BYTE, length, PIECE);
      length += PIECE;
    }
  }

  /** Writes what was drawn up to now, and leaves nothing of it on the heap. */
  synchronized void writeTo(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(recorded.asSlice(0, length).asByteBuffer());
    }
  }

  /** What was drawn up to now. */
  synchronized byte[] drawn() {
    return recorded.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }
}
