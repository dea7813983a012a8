/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import dev.reprise.bench.Json;
import dev.reprise.gateway.TlsProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same load on a fleet of Reprise and on as many nodes of SunJSSE, which share nothing. */
public final class FleetBench {
  private static final String HEADINGS =
      "| nodes | clients | handshakes | sessions offered in time | resumed | | full instead, by"
          + " reason |";
  private static final String RULE = "| --- | --- | ---: | ---: | ---: | ---: | --- |";

  private final Path directory;
  private final PrintStream progress;
  private final FleetLoad load;
  private final boolean killRedis;
  private final List<TlsProvider> providers;

  /**
   * @param killRedis whether Redis is killed meanwhile and started again
   * @param providers one after the other
   */
  public FleetBench(
      Path directory,
      PrintStream progress,
      FleetLoad load,
      boolean killRedis,
      List<TlsProvider> providers) {
    this.directory = directory;
    this.progress = progress;
    this.load = load;
    this.killRedis = killRedis;
    this.providers = List.copyOf(providers);
  }

  /** Runs all and returns the table, in Markdown, with notes. */
  public String run() throws IOException {
    List<FleetResult> results = new ArrayList<>();
    try {
      for (TlsProvider provider : providers) {
        FleetResult result = new FleetRun(provider, load, killRedis, directory, progress).run();
        result.lines().forEach(line -> progress.println("  " + String.join(" | ", line)));
        progress.println("  " + result.notes());
        results.add(result);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
    String text = text(results);
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("fleet.md"), text);
    Json.write(
        directory.resolve("fleet.json"), results.stream().map(FleetResult::figures).toList());
    return text;
  }

  private String text(List<FleetResult> results) {
    List<String> lines = new ArrayList<>(List.of(HEADINGS, RULE));
    for (FleetResult result : results) {
      result.lines().forEach(line -> lines.add("| " + String.join(" | ", line) + " |"));
    }
    lines.add("");
    lines.add(
        "%d clients that come back after 1 to %d s, some %d handshakes/s, %d nodes, a new key every"
                .formatted(
                    load.clients(),
                    load.longestReturn().toSeconds(),
                    load.handshakesPerSecond(),
                    load.nodes())
            + " %d s, tickets of %d s; all nodes were started anew meanwhile."
                .formatted(load.rotateEvery().toSeconds(), load.ticketLifetime().toSeconds()));
    lines.add(
        "Clients, nodes and Redis share %d processors; nodes run on the quicker of the JVM's"
                .formatted(Runtime.getRuntime().availableProcessors())
            + " compilers, with what a rehearsal has learned.");
    results.forEach(result -> lines.add(result.notes()));
    return String.join("\n", lines) + "\n";
  }
}
