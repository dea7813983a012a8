/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of stored sessions, the one that expires first on top. Not safe for threads. */
final class ExpiryHeap {
  private @Nullable StoredSession[] heap = new StoredSession[16];
  private int size;

  @Nullable StoredSession first() {
    return size == 0 ? null : heap[0];
  }

  void add(StoredSession session) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    up(size++, session);
  }

  void remove(StoredSession session) {
    int hole = session.heapIndex;
    StoredSession last = at(--size);
    heap[size] = null;
    if (hole < size) {
      up(down(hole, last), last);
    }
  }

  // Moves the hole towards the root until the session fits, and puts it there.
  private void up(int hole, StoredSession session) {
    int at = hole;
    while (at > 0 && at((at - 1) / 2).expiresAtMillis > session.expiresAtMillis) {
      put(at, at((at - 1) / 2));
      at = (at - 1) / 2;
    }
    put(at, session);
  }

  // Moves the hole towards the leaves until the session fits, and says where that is.
  private int down(int hole, StoredSession session) {
    int at = hole;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && at(child + 1).expiresAtMillis < at(child).expiresAtMillis) {
        child++;
      }
      if (session.expiresAtMillis <= at(child).expiresAtMillis) {
        break;
      }
      put(at, at(child));
      at = child;
    }
    return at;
  }

  private void put(int index, StoredSession session) {
    heap[index] = session;
    session.heapIndex = index;
  }

  private StoredSession at(int index) {
    return java.util.Objects.requireNonNull(heap[index]);
  }
}
