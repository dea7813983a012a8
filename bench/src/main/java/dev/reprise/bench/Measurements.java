/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** All that was measured of a suite, and the medians over the iterations of all rounds. */
final class Measurements {
  private final List<RunResult> results = new ArrayList<>();
  private final Map<Cell, List<IterationResult>> iterations = new HashMap<>();
  private final Map<HandshakeLine, List<OpenSsl.Figures>> openSsl = new HashMap<>();
  private final List<Double> spreads = new ArrayList<>();

  synchronized void add(Cell cell, Collection<RunResult> run) {
    results.addAll(run);
    List<IterationResult> known = iterations.computeIfAbsent(cell, _ -> new ArrayList<>());
    for (RunResult result : run) {
      result.getBenchmarkResults().forEach(fork -> known.addAll(fork.getIterationResults()));
    }
  }

  synchronized void add(HandshakeLine line, OpenSsl.Figures figures) {
    openSsl.computeIfAbsent(line, _ -> new ArrayList<>()).add(figures);
  }

  boolean hasOpenSsl() {
    return !openSsl.isEmpty();
  }

  /** The median over all its turns; NaN if it was not measured. */
  double openSsl(HandshakeLine line, ToDoubleFunction<OpenSsl.Figures> value) {
    return Statistics.median(
        openSsl.getOrDefault(line, List.of()).stream().mapToDouble(value).toArray());
  }

  /** The median of the benchmark's own score. */
  double score(Cell cell) {
    return median(values(cell, iteration -> iteration.getPrimaryResult().getScore()));
  }

  /** The median of what is counted beside the score. */
  double counter(Cell cell, String name) {
    return median(values(cell, iteration -> counted(iteration, name)));
  }

  /** The same of what scatters by its nature, which says nothing of the run. */
  double scattered(Cell cell, String name) {
    return Statistics.median(values(cell, iteration -> counted(iteration, name)));
  }

  private double median(double[] values) {
    spreads.add(Statistics.spread(values));
    return Statistics.median(values);
  }

  private double[] values(Cell cell, ToDoubleFunction<IterationResult> value) {
    return iterations.getOrDefault(cell, List.of()).stream().mapToDouble(value).toArray();
  }

  private static double counted(IterationResult iteration, String name) {
    Result<?> counter = iteration.getSecondaryResults().get(name);
    if (counter == null) {
      throw new IllegalStateException("JMH has not counted " + name);
    }
    return counter.getScore();
  }

  /** How and on what it was measured, and how much the figures asked for so far scatter. */
  String notes(Effort effort) {
    double[] all = spreads.stream().mapToDouble(Double::doubleValue).toArray();
    return String.format(
        Locale.ROOT,
        "JDK %s, %d processors; %s; half the interquartile range is %.0f%% of the median in the"
            + " middle, %.0f%% at most.",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        effort,
        100 * Statistics.median(all),
        100 * Arrays.stream(all).max().orElse(0));
  }

  /** In the format of JMH, which keeps every iteration; libssl's in a file of their own. */
  void writeJson(Path file) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    if (hasOpenSsl()) {
      Map<String, List<OpenSsl.Figures>> byLine = new TreeMap<>();
      openSsl.forEach((line, figures) -> byLine.put(line.title(), figures));
      Json.write(file.resolveSibling("openssl-" + file.getFileName()), byLine);
    }
  }
}
