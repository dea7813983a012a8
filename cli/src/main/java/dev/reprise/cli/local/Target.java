/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where a balancer sends clients to; may move, and be taken out for a while. */
final class Target {
  private final AtomicInteger open = new AtomicInteger();
  private volatile @Nullable InetSocketAddress address;

  /** New clients are sent here from now on. */
  void enter(InetSocketAddress at) {
    address = at;
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
