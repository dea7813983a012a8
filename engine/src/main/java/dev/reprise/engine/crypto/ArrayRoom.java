/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Two arrays, each for the longest record; used by one thread at a time. */
final class ArrayRoom {
  /** Shorter ones are no dearer in arrays of their own. */
  private static final int LONG = 4096;

  private final ByteBuffer first = ByteBuffer.allocate(DirectCipher.ROOM);

  /** AEADs want two buffers, even for work in place. */
  private final ByteBuffer sameFirst = first.duplicate();

  private final ByteBuffer second = ByteBuffer.allocate(DirectCipher.ROOM);

  private ByteBuffer result = second;

  /** Whether a record of that length, with its tag, is to go through such a room. */
  static boolean suits(int sealedLength, ByteBuffer from, ByteBuffer to) {
    return sealedLength >= LONG
        && sealedLength <= DirectCipher.ROOM
        && from.isDirect()
        && to.isDirect();
  }

  /** A copy of what {@code content} has left, and of the byte behind it if there is one. */
  ByteBuffer in(ByteBuffer content, int trailingByte) {
    int length = content.remaining();
    first.clear().put(0, content, content.position(), length).position(length);
    if (trailingByte != Aead.NO_TRAILING_BYTE) {
      first.put((byte) trailingByte);
    }
    return first.flip();
  }

  /** For the result, over what was given. */
  ByteBuffer inPlace() {
    result = sameFirst;
    return sameFirst.clear();
  }

  /** For the result, apart from what was given. */
  ByteBuffer apart() {
    result = second;
    return second.clear();
  }

  /** Appends the result, which is as long as was written. */
  void deliverTo(ByteBuffer out) {
    out.put(result.flip());
  }

  /** Overwrites a result of {@code length} bytes that was apart. */
  void wipe(int length) {
    Arrays.fill(second.array(), 0, length, (byte) 0);
  }
}
