/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The buffers that a caller may come with. */
enum BufferKind {
  HEAP,
  HEAP_SLICE,
  DIRECT,
  LITTLE_ENDIAN,
  READ_ONLY_HEAP,
  READ_ONLY_DIRECT;

  /** An empty buffer to write to; what cannot be written to stands for its writable sibling. */
  ByteBuffer allocate(int capacity) {
    return switch (this) {
      case HEAP, READ_ONLY_HEAP -> ByteBuffer.allocate(capacity);
      case HEAP_SLICE -> ByteBuffer.allocate(capacity + 20).slice(13, capacity);
      case DIRECT, READ_ONLY_DIRECT -> ByteBuffer.allocateDirect(capacity);
      case LITTLE_ENDIAN -> ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    };
  }

  /** A buffer to read {@code bytes} from. */
  ByteBuffer of(byte[] bytes) {
    ByteBuffer buffer = allocate(bytes.length).put(bytes).flip();
    return switch (this) {
      case HEAP, HEAP_SLICE, DIRECT, LITTLE_ENDIAN -> buffer;
      case READ_ONLY_HEAP, READ_ONLY_DIRECT -> buffer.asReadOnlyBuffer();
    };
  }
}
