/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the JDK's AES-GCM makes of a processor. */
final class JdkAesGcm {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final List<String> WANTED =
      List.of("avx512f", "avx512dq", "avx512bw", "avx512vl", "vaes", "vpclmulqdq");

  private static final boolean QUICK = isQuickHere();

  private JdkAesGcm() {}

  /**
   * Whether long records are the JDK's even in direct memory, two copies included: with vector AES
   * in 512 bits it is faster than native libraries, and without about half as fast. Where nothing
   * is known of the processor the answer is no.
   */
  static boolean isQuick() {
    return QUICK;
  }

  private static boolean isQuickHere() {
    try (BufferedReader processors = Files.newBufferedReader(PROCESSORS, StandardCharsets.UTF_8)) {
      return isQuick(processors);
    } catch (IOException _) {
      return false;
    }
  }

  /** The same of what Linux says of processors: a line for each thing, the first one's first. */
  static boolean isQuick(BufferedReader processors) throws IOException {
    String line;
    do {
      line = processors.readLine();
    } while (line != null && !line.startsWith("flags"));
    return line != null && Arrays.asList(line.split("\\s+")).containsAll(WANTED);
  }
}
