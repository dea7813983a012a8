/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Connections over loopback: one processor for the frontend, another for those who connect. */
final class ConnectionRuns {
  static final String NOTES =
      "TLS 1.3, X25519, ECDSA P-256, AES-128-GCM; one question and a short answer for each"
          + " connection, by the frontend itself. A frontend's CPU is all that its process takes;"
          + " a second of it makes the connections per second of one processor. Latency: from when"
          + " a connection is due, connecting included, at half of the resumed load.";

  private static final int MOST_MINUTES = 3;

  private final Path directory;
  private final PrintStream progress;
  private final int warmUp;
  private final int seconds;

  ConnectionRuns(Path directory, PrintStream progress, boolean quick) {
    this.directory = directory;
    this.progress = progress;
    this.warmUp = quick ? 10 : 30;
    this.seconds = quick ? 4 : 10;
  }

  /** What a load has come to. */
  private record Load(double perSecond, double p50Micros, double p99Micros, double cpuMicros) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"perSecond\": %.1f, \"p50Micros\": %.1f, \"p99Micros\": %.1f, \"cpuMicros\": %.1f}",
          perSecond,
          p50Micros,
          p99Micros,
          cpuMicros);
    }
  }

  /** Runs all that are there, keeps the figures and returns the table. */
  String run() throws IOException {
    Files.createDirectories(directory);
    Markdown text =
        new Markdown(
            "connections",
            "new/s",
            "resumed/s",
            "CPU µs, new",
            "CPU µs, resumed",
            "resumed/s of a full processor",
            "p50 µs at half load",
            "p99 µs");
    List<String> figures = new ArrayList<>();
    for (Frontend frontend : Frontend.values()) {
      boolean program = frontend == Frontend.NGINX || frontend == Frontend.HAPROXY;
      if (program && !FrontendProcess.has(frontend.title())) {
        progress.println(frontend.title() + " is left out, as it is not installed");
        continue;
      }
      measure(frontend, text, figures);
    }
    Files.writeString(json(), "[\n" + String.join(",\n", figures) + "\n]\n");
    return text.toString();
  }

  Path json() {
    return directory.resolve("connections.json");
  }

  private void measure(Frontend frontend, Markdown text, List<String> figures) throws IOException {
    Path place = Files.createDirectories(directory.resolve("connections-" + frontend.title()));
    try (FrontendProcess server = FrontendProcess.start(frontend, place.toAbsolutePath())) {
      Load _ = load(frontend, server, "resumed", 0); // It warms up.
      Load fresh = load(frontend, server, "new", 0);
      Load resumed = load(frontend, server, "resumed", 0);
      Load half = load(frontend, server, "resumed", resumed.perSecond() / 2);
      text.line(
          frontend.title(),
          number(fresh.perSecond()),
          number(resumed.perSecond()),
          number(fresh.cpuMicros()),
          number(resumed.cpuMicros()),
          number(1e6 / resumed.cpuMicros()),
          number(half.p50Micros()),
          number(half.p99Micros()));
      figures.add(
          "{\"frontend\": \"%s\", \"new\": %s, \"resumed\": %s, \"half\": %s}"
              .formatted(frontend.title(), fresh.json(), resumed.json(), half.json()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** The frontend's CPU is that of the whole load for each of its connections. */
  private Load load(Frontend frontend, FrontendProcess server, String kind, double perSecond)
      throws IOException, InterruptedException {
    progress.printf(
        "connections: %s, %s%s%n", frontend.title(), kind, perSecond == 0 ? "" : ", half load");
    double before = server.cpuSeconds();
    String[] told = cell(server, kind, perSecond);
    double cpu = server.cpuSeconds() - before;
    return new Load(
        Double.parseDouble(told[0]),
        Double.parseDouble(told[1]),
        Double.parseDouble(told[2]),
        1e6 * cpu / Double.parseDouble(told[3]));
  }

  private String[] cell(FrontendProcess server, String kind, double perSecond)
      throws IOException, InterruptedException {
    List<String> command =
        FrontendProcess.onProcessor(
            1,
            Frontend.java(
                ConnectionLoad.class,
                Integer.toString(server.port()),
                server.certificate().toString(),
                kind,
                Integer.toString(warmUp),
                Integer.toString(seconds),
                Double.toString(perSecond)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("A load has failed, as said above");
      }
      return printed.split(" ");
    } finally {
      process.destroyForcibly();
    }
  }
}
