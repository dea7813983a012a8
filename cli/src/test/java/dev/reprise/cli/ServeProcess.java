/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code reprise serve} as a process of its own, as the launcher starts it. */
final class ServeProcess implements AutoCloseable {
  static final int PATIENCE_SECONDS = 90;

  private static final Pattern READY =
      Pattern.compile(
          "reprise listening on https://127\\.0\\.0\\.1:(\\d+) \\(admin"
              + " http://127\\.0\\.0\\.1:(\\d+)\\)");

  private final Process process;
  private final BufferedReader out;
  private final CompletableFuture<String> error;

  private ServeProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.error = reading(process.errorReader(UTF_8));
  }

  static ServeProcess start(String... flags) throws IOException {
    return startCommand(List.of(), "serve", flags);
  }

  /** Another command that says when it is ready, and ends when it is told to. */
  static ServeProcess startCommand(List<String> options, String name, String... flags)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.reprise.cli.Main",
            name));
    command.addAll(List.of(flags));
    return new ServeProcess(new ProcessBuilder(command).start());
  }

  /** Waits for the ready line and gives the port of the clients and that of the admin. */
  int[] ports() throws IOException {
    String line = out.readLine();
    Matcher matcher = READY.matcher(String.valueOf(line));
    if (!matcher.matches()) {
      throw new AssertionError(line + ": " + error.join());
    }
    return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
  }

  /** What it has started, and they. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Sends SIGTERM; what the process says then can still be read. */
  void terminate() {
    if (!process.toHandle().destroy()) {
      throw new AssertionError("cannot be terminated");
    }
  }

  /** Waits for the end; everything on standard output that was not read yet, and all errors. */
  Run ended() throws IOException, InterruptedException {
    String rest = out.readAllAsString();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + rest);
    }
    return new Run(process.exitValue(), rest, error.join());
  }

  private static CompletableFuture<String> reading(BufferedReader reader) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            text.complete(reader.readAllAsString());
          } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return text;
  }

  /** Sends SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
