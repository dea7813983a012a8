/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.testkit.KeyTraces;
import dev.reprise.testkit.MemoryScan;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for secrets in a heap dump, in a process of its own: what the search itself leaves in freed
 * memory would else be found by the next one.
 */
final class DumpSearch {
  private DumpSearch() {}

  /** Writes what lives in this process's heap to a file. */
  static void dump(Path file) throws IOException {
    String said =
        output(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            String.valueOf(ProcessHandle.current().pid()),
            "GC.heap_dump",
            file.toString());
    if (!Files.exists(file)) {
      throw new AssertionError("no heap dump: " + said);
    }
  }

  private static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The traces in {@code dump} of what is in {@code secrets}, 32 bytes each; a line for each. */
  static List<String> in(Path dump, Path secrets) throws IOException {
    List<String> lines =
        output(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                place(DumpSearch.class) + File.pathSeparator + place(KeyTraces.class),
                DumpSearch.class.getName(),
                dump.toString(),
                secrets.toString())
            .lines()
            .toList();
    if (lines.isEmpty() || !lines.getLast().equals("searched")) {
      throw new AssertionError("the search has failed: " + lines);
    }
    return lines.subList(0, lines.size() - 1);
  }

  @SuppressWarnings("SystemOut") // It is what the parent reads.
  public static void main(String[] arguments) throws IOException {
    byte[] secrets = Files.readAllBytes(Path.of(arguments[1]));
    for (KeyTraces.Trace trace : MemoryScan.file(Path.of(arguments[0]), traces(secrets))) {
      System.out.println(trace);
    }
    System.out.println("searched");
  }

  /** For 32 bytes each. */
  static KeyTraces traces(byte[] secrets) {
    List<String> names = new ArrayList<>();
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < secrets.length; at += RecordingRandom.PIECE) {
      names.add("drawn " + at / RecordingRandom.PIECE);
      pieces.add(Arrays.copyOfRange(secrets, at, at + RecordingRandom.PIECE));
    }
    return KeyTraces.of(names, pieces);
  }

  private static String place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
