/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of {@code redis-server}; it does not outlive this JVM. */
final class RedisProcess {
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final Thread lastResort;

  private RedisProcess(Process process) {
    this.process = process;
    this.lastResort = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  static RedisProcess start(Path configuration, Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-server", configuration.toString()));
    Collections.addAll(command, arguments);
    return new RedisProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** SIGTERM: it saves what it was told to save. */
  void stop() {
    process.destroy();
    ended();
  }

  /** SIGSTOP or SIGCONT, which Java cannot send. */
  void signal(String name) throws IOException {
    // In the shell's own words, as not every system has a program named kill.
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start();
    if (kill.onExit().join().exitValue() != 0) {
      throw new IOException("SIG" + name + " could not be sent to " + pid());
    }
  }

  private void ended() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("redis-server does not end");
      }
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException _) {
      // The JVM ends: then the hook has run or will.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
