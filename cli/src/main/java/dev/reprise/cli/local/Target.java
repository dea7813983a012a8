/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where a balancer sends clients to; may move, and be taken out for a while. */
final class Target {
  /** How long a program that has just been started is spared. */
  static final Duration SLOW_START = Duration.ofSeconds(10);

  private final AtomicInteger open = new AtomicInteger();
  private volatile @Nullable InetSocketAddress address;
  private volatile long enteredNanos;
  private volatile boolean slowly;

  /**
   * New clients are sent here from now on.
   *
   * @param slowStart whether few of them at first: a program that has just been started is slow
   */
  void enter(InetSocketAddress at, boolean slowStart) {
    enteredNanos = System.nanoTime();
    slowly = slowStart;
    address = at;
  }

  /** Whether it should have this client rather than another: more and more often. */
  boolean isWilling() {
    double share = (double) (System.nanoTime() - enteredNanos) / SLOW_START.toNanos();
    return !slowly || ThreadLocalRandom.current().nextDouble() < share;
  }

  /** No new client is sent here any more. */
  void leave() {
    address = null;
  }

  boolean isIn() {
    return address != null;
  }

  /** Null while it is taken out. */
  @Nullable InetSocketAddress address() {
    return address;
  }

  /** How many clients are here now. */
  int open() {
    return open.get();
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }
}
