/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor's time that this process takes beside the calling thread: what an engine has others
 * do for it, such as keys made ahead or objects cleaned up behind, and the collector and compilers.
 */
final class OtherThreads {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long began;

  void begin() {
    began = now();
  }

  /** Since the last {@link #begin}, by the same thread. */
  long nanos() {
    return Math.max(0, now() - began);
  }

  private static long now() {
    return PROCESS.getProcessCpuTime() - THREADS.getCurrentThreadCpuTime();
  }
}
