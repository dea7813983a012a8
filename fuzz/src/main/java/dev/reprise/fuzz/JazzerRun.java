/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer on one target, in a JVM of its own, since it changes the classes of the one it is in.
 *
 * @param executions how many inputs were run
 * @param edges how many branches of the engine they took
 * @param exitCode 0: nothing was found
 * @param log all that it said
 */
record JazzerRun(long executions, long edges, int exitCode, Path log) {
  private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";
  private static final Pattern UNITS = Pattern.compile("stat::number_of_executed_units: *(\\d+)");
  private static final Pattern COVERED = Pattern.compile(" cov: (\\d+) ");

  /**
   * @param work where its corpus, its log and what it finds go
   * @param seeds where it begins
   * @param executions after how many it stops, at the latest
   * @param seconds after how many it stops, at the latest
   */
  static JazzerRun of(Target target, Path work, Path seeds, long executions, int seconds)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(work.resolve("corpus").resolve(target.word()));
    Path found = Files.createDirectories(work.resolve("found").resolve(target.word()));
    Path log = work.resolve(target.word() + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:+UseSerialGC",
                    "-XX:+EnableDynamicAgentLoading",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MAIN,
                    "--target_class=" + target.type.getName(),
                    "--instrumentation_includes=dev.reprise.engine.**:dev.reprise.fleet.**",
                    "--custom_hook_includes=dev.reprise.engine.**:dev.reprise.fleet.**",
                    "--reproducer_path=" + found,
                    "-artifact_prefix=" + found + "/",
                    "-max_len=" + target.longest,
                    "-runs=" + executions,
                    "-max_total_time=" + seconds,
                    "-print_final_stats=1",
                    "-rss_limit_mb=0",
                    corpus.toString(),
                    seeds.resolve(target.word()).toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exitCode = process.waitFor();
      String said = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
      return new JazzerRun(last(UNITS, said), last(COVERED, said), exitCode, log);
    } finally {
      process.destroyForcibly();
    }
  }

  private static long last(Pattern pattern, String text) {
    long value = 0;
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      value = Long.parseLong(matcher.group(1));
    }
    return value;
  }
}
