/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers what was drawn that is long enough for a secret, outside of the heap: so that a search
 * of the heap finds what others have left there. Names and nonces, which are no secrets, are
 * shorter.
 */
final class RecordingRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;
  private static final int SHORTEST_SECRET = 32;

  private final transient MemorySegment recorded = Arena.global().allocate(1 << 20);
  private transient long length;

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    super.nextBytes(bytes);
    if (bytes.length >= SHORTEST_SECRET) {
      for (int at = 0; at + SHORTEST_SECRET <= bytes.length; at += SHORTEST_SECRET) {
        MemorySegment.copy(bytes, at, recorded, ValueLayout.JAVA_BYTE, length, SHORTEST_SECRET);
        length += SHORTEST_SECRET;
      }
    }
  }

  /** How many pieces were drawn up to now. */
  synchronized int count() {
    return (int) (length / SHORTEST_SECRET);
  }

  /** What was drawn up to now, in pieces of 32 bytes. */
  synchronized List<byte[]> drawn() {
    List<byte[]> drawn = new ArrayList<>();
    for (long at = 0; at < length; at += SHORTEST_SECRET) {
      drawn.add(recorded.asSlice(at, SHORTEST_SECRET).toArray(ValueLayout.JAVA_BYTE));
    }
    return drawn;
  }
}
