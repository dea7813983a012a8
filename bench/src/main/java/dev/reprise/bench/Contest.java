/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The peers of one line: a JVM each, all there at the same time, of which one works. */
final class Contest {
  static {
    // JMH allows one run on a machine; these wait for each other.
    System.setProperty("jmh.ignoreLock", "true");
  }

  /**
   * Without AlwaysPreTouch the first touch of each heap page, several microseconds, is measured for
   * seconds on end. The heap is as large as six of them may be.
   */
  private static final String[] JVM = {
    "-Xms1g",
    "-Xmx1g",
    "-XX:+AlwaysPreTouch",
    "-XX:+UseG1GC",
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED"
  };

  /** JMH counts the waiting for a turn as part of an iteration, which it would break off. */
  private static final TimeValue LONGEST_WAIT = TimeValue.hours(1);

  private final Effort effort;
  private final Path directory;
  private final Measurements measured;

  /**
   * @param directory for what JMH has to say
   */
  Contest(Effort effort, Path directory, Measurements measured) {
    this.effort = effort;
    this.directory = directory;
    this.measured = measured;
  }

  /**
   * @param slice what a peer that is no JVM does in each of its turns; null: there is none
   */
  void run(List<Cell> cells, @Nullable Runnable slice) throws RunnerException, IOException {
    if (effort.forks() == 0) {
      for (Cell cell : cells) {
        measured.add(cell, run(cell, List.of()));
      }
      return;
    }
    try (ExecutorService threads = Executors.newCachedThreadPool();
        Turns turns = new Turns(cells.size() + (slice == null ? 0 : 1))) {
      CompletionService<Void> running = new ExecutorCompletionService<>(threads);
      for (Cell cell : cells) {
        var _ = running.submit(inTurns(cell, turns));
      }
      if (slice != null) {
        var _ = running.submit(() -> repeat(slice, turns), null);
      }
      for (int i = 0; i < cells.size() + (slice == null ? 0 : 1); i++) {
        await(running);
      }
    }
  }

  private Callable<Void> inTurns(Cell cell, Turns turns) {
    return () -> {
      measured.add(cell, run(cell, List.of("-D" + Turn.PORT + "=" + turns.port())));
      return null;
    };
  }

  private void repeat(Runnable slice, Turns turns) {
    turns.awaitWarmUps();
    for (int i = 0; i < effort.iterations(); i++) {
      turns.take(slice);
    }
  }

  private static void await(CompletionService<Void> running) throws RunnerException, IOException {
    try {
      running.take().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RunnerException known ? known : new RunnerException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private Collection<RunResult> run(Cell cell, List<String> arguments) throws RunnerException {
    Path log = directory.resolve(cell + ".log");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .jvmArgs(
                Stream.of(Stream.of(JVM), cell.jvmArguments().stream(), arguments.stream())
                    .flatMap(all -> all)
                    .toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .timeout(LONGEST_WAIT)
            .verbosity(VerboseMode.NORMAL)
            .output(log.toString());
    try {
      return new Runner(effort.apply(cell.apply(options)).build()).run();
    } catch (RunnerException e) {
      throw new RunnerException(cell + " failed: " + e.getMessage() + " (see also " + log + ")", e);
    }
  }
}
