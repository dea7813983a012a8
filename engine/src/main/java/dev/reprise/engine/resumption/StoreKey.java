/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A session's ID as {@link MemorySessionStore} compares it: 32 bytes, the last ones 0. */
record StoreKey(long first, long second, long third, long fourth, int length) {
  static final int LONGEST = 32;

  /** Null if the ID is empty or too long: no session has one like it. */
  static @Nullable StoreKey of(Opaque id) {
    if (id.isEmpty() || id.length() > LONGEST) {
      return null;
    }
    byte[] padded = new byte[LONGEST];
    id.copyTo(padded, 0);
    ByteBuffer in = ByteBuffer.wrap(padded).order(ByteOrder.nativeOrder());
    return new StoreKey(in.getLong(), in.getLong(), in.getLong(), in.getLong(), id.length());
  }

  /** In a time that does not depend on where they differ: who guesses IDs learns nothing. */
  boolean same(StoreKey other) {
    long difference = first ^ other.first;
    difference |= second ^ other.second;
    difference |= third ^ other.third;
    difference |= fourth ^ other.fourth;
    difference |= length ^ other.length;
    return difference == 0;
  }
}
