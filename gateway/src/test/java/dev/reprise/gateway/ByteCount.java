/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Sends as much as a socket takes, and knows how much that was and whether it still goes on. */
final class ByteCount {
  private static final int STILL_MILLIS = 2_000;

  private final long most;
  private long value;
  private boolean stopped;

  ByteCount(long most) {
    this.most = most;
  }

  /** Returns after {@link #stop}, or at the most, with what was sent. */
  long send(Socket socket) throws IOException {
    byte[] piece = new byte[1 << 16];
    OutputStream out = socket.getOutputStream();
    while (!isStopped()) {
      out.write(piece);
      add(piece.length);
    }
    return value();
  }

  /** Returns when nothing has been sent for a while. */
  synchronized void awaitStandstill() throws InterruptedException {
    long before = -1;
    while (before != value) {
      before = value;
      long until = System.nanoTime() + STILL_MILLIS * 1_000_000L;
      for (long left = until - System.nanoTime();
          left > 0 && before == value;
          left = until - System.nanoTime()) {
        wait(left / 1_000_000 + 1);
      }
    }
  }

  synchronized long value() {
    return value;
  }

  synchronized void stop() {
    stopped = true;
  }

  private synchronized boolean isStopped() {
    return stopped || value >= most;
  }

  private synchronized void add(int count) {
    value += count;
    notifyAll();
  }
}
