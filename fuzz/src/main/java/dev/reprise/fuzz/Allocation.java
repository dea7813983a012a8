/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/**
 * Holds a reader to memory in proportion to its input: whatever it allocates, kept or not, which
 * bounds its work as well, since a step that allocates nothing takes a byte.
 */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A failure with its sentence and stack, and what a first use loads. */
  private static final long ANYHOW = 64 << 10;

  /** An object for each byte of a list of single bytes, and some more. */
  private static final long FOR_A_BYTE = 128;

  private Allocation() {}

  /** Has {@code reader} read {@code length} bytes; twice if the first time was too much. */
  static boolean bounded(int length, BooleanSupplier reader) {
    long allowed = ANYHOW + FOR_A_BYTE * length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean read = reader.getAsBoolean();
    if (THREADS.getCurrentThreadAllocatedBytes() - before <= allowed) {
      return read;
    }
    before = THREADS.getCurrentThreadAllocatedBytes();
    read = reader.getAsBoolean();
    long again = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (again > allowed) {
      throw new AssertionError(again + " bytes allocated for " + length + " bytes of input");
    }
    return read;
  }
}
