/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.gateway.ConfigurationException;
import dev.reprise.gateway.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, which ends when this one does: its standard input tells. */
final class NodeProcess {
  /**
   * Where it is.
   *
   * @param tls where clients come in
   */
  record Place(InetSocketAddress tls, InetSocketAddress admin) {}

  private static final Pattern READY =
      Pattern.compile("reprise listening on https://(\\S+) \\(admin http://(\\S+)\\)");

  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final CompletableFuture<Place> place = new CompletableFuture<>();
  private final Thread errors;
  private volatile String lastError = "";

  private NodeProcess(Process process, Consumer<String> log) {
    this.process = process;
    // A pipe's reader would keep a virtual thread's carrier.
    Thread _ = reader().start(() -> read(process.getInputStream(), this::said));
    this.errors =
        reader()
            .start(() ->
                read(
                    process.getErrorStream(),
                    line -> {
                      lastError = line;
                      log.accept(line);
                    }));
  }

  /**
   * Starts it, without waiting for it.
   *
   * @param log is given each line of its standard error
   */
  static NodeProcess start(List<String> command, Consumer<String> log) throws IOException {
    return new NodeProcess(new ProcessBuilder(command).start(), log);
  }

  private static Thread.Builder reader() {
    return Thread.ofPlatform().daemon().name("reprise-node");
  }

  private static void read(InputStream from, Consumer<String> lines) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(from, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    } catch (IOException _) {
      // It has ended.
    }
  }

  private void said(String line) {
    Matcher ready = READY.matcher(line);
    if (ready.matches()) {
      try {
        place.complete(
            new Place(
                HostPort.parse(ready.group(1)).resolveFirst(),
                HostPort.parse(ready.group(2)).resolveFirst()));
      } catch (ConfigurationException e) {
        place.completeExceptionally(e);
      }
    }
  }

  /**
   * Waits until it listens.
   *
   * @throws NodeFailure if it ends instead
   */
  Place awaitReady() throws NodeFailure, InterruptedException {
    CompletableFuture<?> ended = process.onExit();
    CompletableFuture.anyOf(place, ended)
        .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle((_, _) -> true)
        .join();
    if (place.isDone() && !place.isCompletedExceptionally()) {
      return place.join();
    }
    if (!process.isAlive()) {
      errors.join();
      throw new NodeFailure(lastError, process.exitValue());
    }
    process.destroyForcibly();
    throw new NodeFailure("A node was not ready within " + PATIENCE_SECONDS + " s", 1);
  }

  /** Completes when it has ended. */
  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  long pid() {
    return process.pid();
  }

  /** Has it stop, without waiting for it. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // It has ended already.
    }
  }

  /** Waits for its end, and brings it about if it does not come. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** As a crash would. */
  void kill() {
    process.destroyForcibly();
  }
}
