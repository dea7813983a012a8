/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** Runs a suite: each line's {@link Contest}, in another order of its peers each round. */
final class Rounds {
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
    Contest contest = new Contest(effort, directory, measured);
    OpenSsl openSsl =
        suite == Suite.HANDSHAKES && choice.openSsl()
            ? OpenSsl.compiledIn(directory, progress)
            : null;
    for (int round = 0; round < effort.rounds(); round++) {
      List<List<Cell>> lines = suite.lines(choice);
      for (int i = 0; i < lines.size(); i++) {
        List<Cell> order = new ArrayList<>(lines.get(i));
        Collections.rotate(order, round);
        progress.printf("round %d of %d: %s%n", round + 1, effort.rounds(), order);
        contest.run(
            order, openSsl == null ? null : of(openSsl, choice.handshakes().get(i), measured));
      }
    }
    return measured;
  }

  private static @Nullable Runnable of(OpenSsl openSsl, HandshakeLine line, Measurements measured) {
    return OpenSsl.has(line) ? () -> measured.add(line, openSsl.measure(line)) : null;
  }
}
