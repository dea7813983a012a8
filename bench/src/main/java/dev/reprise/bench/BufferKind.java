/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.nio.ByteBuffer;

/** Where the caller's buffers lie. */
public enum BufferKind {
  HEAP {
    @Override
    ByteBuffer allocate(int capacity) {
      return ByteBuffer.allocate(capacity);
    }
  },
  DIRECT {
    @Override
    ByteBuffer allocate(int capacity) {
      return ByteBuffer.allocateDirect(capacity);
    }
  };

  abstract ByteBuffer allocate(int capacity);

  /** As tables have it. */
  String title() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
