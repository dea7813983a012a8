/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command {@code fuzz/run}: target after target, and a line about each. */
public final class Fuzz {
  private static final String USAGE =
      """
      usage: fuzz/run [--runs N] [--seconds N] [TARGET...]
        --runs N      stop each target after N executions (default 10000000)
        --seconds N   and after N seconds, whatever it has done until then (default 14400)
        --write-seeds write the seeds anew, and fuzz nothing
      targets, of which all are the default: \
      """;

  private final Path home;
  private final List<Target> targets = new ArrayList<>();
  private long executions = 10_000_000;
  private int seconds = 14_400;

  private Fuzz(Path home) {
    this.home = home;
  }

  /** The first argument is the folder of this module. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Fuzz fuzz = new Fuzz(Path.of(arguments[0]));
    List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
    if (words.equals(List.of("--write-seeds"))) {
      Seeds.write(fuzz.home.resolve("seeds"));
      return;
    }
    if (!fuzz.understands(words)) {
      System.err.println(
          USAGE + Stream.of(Target.values()).map(Target::word).collect(Collectors.joining(", ")));
      System.exit(2);
    }
    System.exit(fuzz.run(System.out) ? 0 : 1);
  }

  private boolean understands(List<String> words) {
    try {
      for (int i = 0; i < words.size(); i++) {
        switch (words.get(i)) {
          case "--runs" -> executions = Long.parseLong(words.get(++i));
          case "--seconds" -> seconds = Integer.parseInt(words.get(++i));
          default -> targets.add(Target.valueOf(words.get(i).toUpperCase(Locale.ROOT)));
        }
      }
      return true;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private boolean run(PrintStream out) throws IOException, InterruptedException {
    boolean good = true;
    out.printf(
        "%-12s %12s %8s %10s %8s  %s%n",
        "target", "executions", "seconds", "each second", "edges", "found");
    for (Target target : targets.isEmpty() ? List.of(Target.values()) : targets) {
      long start = System.nanoTime();
      JazzerRun run =
          JazzerRun.of(target, home.resolve("target"), home.resolve("seeds"), executions, seconds);
      double took = (System.nanoTime() - start) / 1e9;
      out.printf(
          "%-12s %12d %8.0f %10.0f %8d  %s%n",
          target.word(),
          run.executions(),
          took,
          run.executions() / took,
          run.edges(),
          run.exitCode() == 0 ? "nothing" : "something: see " + run.log());
      good &= run.exitCode() == 0;
    }
    return good;
  }
}
