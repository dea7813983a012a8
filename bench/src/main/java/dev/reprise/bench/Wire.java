/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.nio.ByteBuffer;

/**
 * The buffers between two engines, used again by one connection after the other. All of them wait
 * to be written to.
 *
 * @param plaintext room for application data, of which there is none in a handshake
 */
record Wire(ByteBuffer toServer, ByteBuffer toClient, ByteBuffer plaintext) {
  /** More than a flight, and room for the longest record behind it. */
  private static final int ROOM = 1 << 16;

  static Wire onHeap() {
    return new Wire(
        ByteBuffer.allocate(ROOM), ByteBuffer.allocate(ROOM), ByteBuffer.allocate(ROOM));
  }

  void clear() {
    toServer.clear();
    toClient.clear();
    plaintext.clear();
  }

  /** Whether all that was sent has been read. */
  boolean isEmpty() {
    return toServer.position() == 0 && toClient.position() == 0;
  }
}
