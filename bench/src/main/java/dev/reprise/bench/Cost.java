/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The time, and the bytes allocated by this thread, between each begin and its end, summed up. */
final class Cost {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long nanos;
  private long bytes;
  private long beganNanos;
  private long beganBytes;

  void begin() {
    beganBytes = THREADS.getCurrentThreadAllocatedBytes();
    beganNanos = System.nanoTime();
  }

  void end() {
    nanos += System.nanoTime() - beganNanos;
    bytes += THREADS.getCurrentThreadAllocatedBytes() - beganBytes;
  }

  long nanos() {
    return nanos;
  }

  long bytes() {
    return bytes;
  }
}
