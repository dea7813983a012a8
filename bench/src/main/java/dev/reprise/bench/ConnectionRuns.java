/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Connections over loopback: one processor for the frontend, another for those who connect. */
final class ConnectionRuns {
  private static final int ROUNDS = 3;

  static final String NOTES =
      "TLS 1.3, X25519, ECDSA P-256, AES-128-GCM; one question and a short answer for each"
          + " connection, by the frontend itself. A frontend's CPU is all that its process takes;"
          + " a second of it makes the connections per second of one processor. Latency: from when"
          + " a connection is due, connecting included, at half of the resumed load. Medians of "
          + ROUNDS
          + " loads, between which all others had theirs.";

  private static final int MOST_MINUTES = 3;
  private static final int MOST_WARM_UPS = 8;
  private static final double WARM = 0.95;

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

    /** Each figure's median: a pause of the machine shall not be a frontend's. */
    static Load median(List<Load> loads) {
      return new Load(
          median(loads, Load::perSecond),
          median(loads, Load::p50Micros),
          median(loads, Load::p99Micros),
          median(loads, Load::cpuMicros));
    }

    private static double median(List<Load> loads, ToDoubleFunction<Load> figure) {
      return Statistics.median(loads.stream().mapToDouble(figure).toArray());
    }
  }

  /** Of a frontend. */
  private record Figures(Load fresh, Load resumed, Load half) {}

  /** Runs all that are there, keeps the figures and returns the table. */
  String run() throws IOException {
    Files.createDirectories(directory);
    List<FrontendProcess> servers = new ArrayList<>();
    try {
      List<Frontend> frontends = startAll(servers);
      Map<Frontend, Figures> figures = measure(frontends, servers);
      Files.writeString(json(), json(figures));
      return table(figures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } finally {
      servers.forEach(FrontendProcess::close);
    }
  }

  Path json() {
    return directory.resolve("connections.json");
  }

  /** Those that there are; {@code servers} takes their processes. */
  private List<Frontend> startAll(List<FrontendProcess> servers)
      throws IOException, InterruptedException {
    List<Frontend> started = new ArrayList<>();
    for (Frontend frontend : Frontend.values()) {
      boolean program = frontend == Frontend.NGINX || frontend == Frontend.HAPROXY;
      if (program && !FrontendProcess.has(frontend.title())) {
        progress.println(frontend.title() + " is left out, as it is not installed");
        continue;
      }
      Path place = Files.createDirectories(directory.resolve("connections-" + frontend.title()));
      servers.add(FrontendProcess.start(frontend, place.toAbsolutePath()));
      started.add(frontend);
    }
    return started;
  }

  /** One kind of load for all of them, then the next: the machine's speed changes in minutes. */
  private Map<Frontend, Figures> measure(List<Frontend> frontends, List<FrontendProcess> servers)
      throws IOException, InterruptedException {
    for (int i = 0; i < frontends.size(); i++) {
      warmUp(frontends.get(i), servers.get(i));
    }
    List<Load> fresh = loads(frontends, servers, "new", List.of());
    List<Load> resumed = loads(frontends, servers, "resumed", List.of());
    List<Load> half = loads(frontends, servers, "resumed", resumed);
    Map<Frontend, Figures> figures = new EnumMap<>(Frontend.class);
    for (int i = 0; i < frontends.size(); i++) {
      figures.put(frontends.get(i), new Figures(fresh.get(i), resumed.get(i), half.get(i)));
    }
    return figures;
  }

  /** Until a connection costs no less than in the load before: compilers take their time. */
  private void warmUp(Frontend frontend, FrontendProcess server)
      throws IOException, InterruptedException {
    double before = Double.MAX_VALUE;
    double now = load(frontend, server, "resumed", 0).cpuMicros();
    for (int i = 1; i < MOST_WARM_UPS && now < WARM * before; i++) {
      before = now;
      now = load(frontend, server, "resumed", 0).cpuMicros();
    }
  }

  /**
   * @param halved of which half is asked for; empty: as much as goes through
   */
  private List<Load> loads(
      List<Frontend> frontends, List<FrontendProcess> servers, String kind, List<Load> halved)
      throws IOException, InterruptedException {
    List<List<Load>> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(round(frontends, servers, kind, halved));
    }
    return IntStream.range(0, frontends.size())
        .mapToObj(i -> Load.median(rounds.stream().map(loads -> loads.get(i)).toList()))
        .toList();
  }

  private List<Load> round(
      List<Frontend> frontends, List<FrontendProcess> servers, String kind, List<Load> halved)
      throws IOException, InterruptedException {
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < frontends.size(); i++) {
      double perSecond = halved.isEmpty() ? 0 : halved.get(i).perSecond() / 2;
      loads.add(load(frontends.get(i), servers.get(i), kind, perSecond));
    }
    return loads;
  }

  private static String table(Map<Frontend, Figures> figures) {
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
    figures.forEach((frontend, of) ->
        text.line(
            frontend.title(),
            number(of.fresh.perSecond()),
            number(of.resumed.perSecond()),
            number(of.fresh.cpuMicros()),
            number(of.resumed.cpuMicros()),
            number(1e6 / of.resumed.cpuMicros()),
            number(of.half.p50Micros()),
            number(of.half.p99Micros())));
    return text.toString();
  }

  private static String json(Map<Frontend, Figures> figures) {
    return figures.entrySet().stream()
        .map(entry ->
            "{\"frontend\": \"%s\", \"new\": %s, \"resumed\": %s, \"half\": %s}"
                .formatted(
                    entry.getKey().title(),
                    entry.getValue().fresh.json(),
                    entry.getValue().resumed.json(),
                    entry.getValue().half.json()))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
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
