/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are dear to make, each used by one thread at a time. Bounded, never blocks,
 * and keeps nothing per thread, since threads may be virtual and many.
 */
public final class Pool<T> {
  private static final int SIZE =
      Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 4, 64);

  private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SIZE);

  /** An empty one. */
  public Pool() {}

  /** One that nobody else uses, or null if none is left: then make one. */
  public @Nullable T take() {
    int start = start();
    for (int i = 0; i < SIZE; i++) {
      int slot = (start + i) % SIZE;
      if (slots.get(slot) != null) {
        T taken = slots.getAndSet(slot, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return null;
  }

  /** Gives one back; if the pool is full it is left to the collector. */
  public void give(T object) {
    int start = start();
    for (int i = 0; i < SIZE; i++) {
      int slot = (start + i) % SIZE;
      if (slots.get(slot) == null && slots.compareAndSet(slot, null, object)) {
        return;
      }
    }
  }

  // Threads start at different slots, so that they seldom meet.
  private static int start() {
    return (int) (Thread.currentThread().threadId() % SIZE);
  }
}
