/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.util.Arrays;
import java.util.List;

/** Reads a fuzzer's bytes from the front. What is missing is zero, so that any bytes will do. */
final class Input {
  private final byte[] bytes;
  private int at;

  Input(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  int uint8() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /** One of {@code all}, by the next byte. */
  <T> T oneOf(List<T> all) {
    return all.get(uint8() % all.size());
  }

  int uint16() {
    return uint8() << 8 | uint8();
  }

  /** As many as are there, at most {@code length}. */
  byte[] take(int length) {
    int end = Math.min(bytes.length, at + length);
    byte[] taken = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return taken;
  }

  byte[] rest() {
    return take(bytes.length);
  }
}
