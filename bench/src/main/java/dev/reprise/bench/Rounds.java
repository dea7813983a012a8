/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a suite: the peers of a line one right after the other, in another order each round, so that
 * what else the machine does hits all of them.
 */
final class Rounds {
  /**
   * Without AlwaysPreTouch the first touch of each heap page, several microseconds, is measured for
   * seconds on end. The heap is large so that collections are few.
   */
  private static final String[] JVM = {
    "-Xms4g",
    "-Xmx4g",
    "-XX:+AlwaysPreTouch",
    "-XX:+UseG1GC",
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED"
  };

  private final Effort effort;
  private final Path directory;
  private final PrintStream progress;

  /**
   * @param directory for what JMH has to say
   */
  Rounds(Effort effort, Path directory, PrintStream progress) {
    this.effort = effort;
    this.directory = directory;
    this.progress = progress;
  }

  Measurements run(Suite suite, Choice choice) throws RunnerException, IOException {
    Files.createDirectories(directory);
    Measurements measured = new Measurements();
    OpenSsl openSsl =
        suite == Suite.HANDSHAKES && choice.openSsl()
            ? OpenSsl.compiledIn(directory, progress)
            : null;
    for (int round = 0; round < effort.rounds(); round++) {
      List<List<Cell>> lines = suite.lines(choice);
      for (int i = 0; i < lines.size(); i++) {
        List<Cell> order = new ArrayList<>(lines.get(i));
        Collections.rotate(order, round);
        for (Cell cell : order) {
          progress.printf("round %d of %d: %s%n", round + 1, effort.rounds(), cell);
          measured.add(cell, run(cell));
        }
        if (openSsl != null) {
          run(openSsl, choice.handshakes().get(i), measured);
        }
      }
    }
    return measured;
  }

  private void run(OpenSsl openSsl, HandshakeLine line, Measurements measured) {
    if (OpenSsl.has(line)) {
      measured.add(line, openSsl.measure(line, effort));
    }
  }

  private Collection<RunResult> run(Cell cell) throws RunnerException {
    Path log = directory.resolve(cell + ".log");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .jvmArgs(
                Stream.concat(Stream.of(JVM), cell.jvmArguments().stream()).toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.NORMAL)
            .output(log.toString());
    try {
      return new Runner(effort.apply(cell.apply(options)).build()).run();
    } catch (RunnerException e) {
      throw new RunnerException(cell + " failed: " + e.getMessage() + " (see also " + log + ")", e);
    }
  }
}
