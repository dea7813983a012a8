/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another process of this very program is started. */
final class NodeCommand {
  private static final String MAIN = "dev.reprise.cli.Main";

  /** What this JVM was told that concerns the others as well. */
  private static final List<String> INHERITED =
      List.of("-Dreprise.", "-XX:AOTCache=", "-XX:TieredStopAtLevel=");

  private NodeCommand() {}

  /**
   * A gateway.
   *
   * @param flags of {@code serve}
   */
  static List<String> serve(int heapMegabytes, List<String> javaOptions, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx" + heapMegabytes + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN,
            "serve"));
    command.addAll(flags);
    return List.copyOf(command);
  }

  static List<String> options(List<String> ofThisJvm) {
    return ofThisJvm.stream()
        .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
        .toList();
  }
}
