/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a session store: pages of one size outside the Java heap, got from the system one
 * by one as they are needed, and bounded in sum. A page given back is kept for the next who needs
 * one, whatever for. The system has them back when the store is unreachable: an arena to be closed
 * would be leaked by whoever drops an {@code SSLContext}. Safe for threads, without locks.
 */
final class StorePages {
  private static final long SMALLEST = 4 << 10;
  private static final long LARGEST = 64 << 10;
  private static final int PAGES_AT_LEAST = 2048;

  /** What a page costs on the Java heap: segment, cleaner, list nodes and a place in a table. */
  static final int OVERHEAD = 320;

  private final int pageBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final Queue<MemorySegment> all = new ConcurrentLinkedQueue<>();
  private final Queue<MemorySegment> free = new ConcurrentLinkedQueue<>();
  private volatile long maxBytes;

  StorePages(long maxBytes) {
    this.maxBytes = maxBytes;
    long part = Long.highestOneBit(maxBytes / PAGES_AT_LEAST);
    this.pageBytes = (int) Math.clamp(part, SMALLEST, LARGEST);
  }

  int pageBytes() {
    return pageBytes;
  }

  /** Bytes got from the system, and what they cost on the Java heap. */
  long bytes() {
    return bytes.get();
  }

  /** A page full of zeros, or null if the bound is reached. */
  @Nullable MemorySegment take() {
    MemorySegment page = free.poll();
    return page == null && reserve() ? allocate() : page;
  }

  /** Takes back a page, which the caller has wiped. */
  void give(MemorySegment page) {
    free.add(page);
  }

  /** Whether that many bytes could ever be had. */
  boolean canHold(long wanted) {
    return wanted <= maxBytes;
  }

  /** Every page there is, for the test that they are wiped. */
  Stream<MemorySegment> all() {
    return all.stream();
  }

  private boolean reserve() {
    long before;
    do {
      before = bytes.get();
      if (before + pageBytes + OVERHEAD > maxBytes) {
        return false;
      }
    } while (!bytes.compareAndSet(before, before + pageBytes + OVERHEAD));
    return true;
  }

  // -XX:MaxDirectMemorySize bounds such memory too. Who has run into it must not try again with
  // every session: the JVM collects garbage and waits before it says no.
  private @Nullable MemorySegment allocate() {
    try {
      MemorySegment page = Arena.ofAuto().allocate(pageBytes, Long.BYTES);
      all.add(page);
      return page;
    } catch (OutOfMemoryError _) {
      maxBytes = bytes.addAndGet(-(pageBytes + OVERHEAD));
      return null;
    }
  }
}
