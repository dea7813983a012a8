/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.bench.fleet.FleetBench;
import dev.reprise.bench.fleet.FleetLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The command: runs suites, prints a Markdown table of each and writes JMH's JSON beside it. */
public final class Bench {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final PrintStream out;
  private final PrintStream log;

  private Bench(PrintStream out, PrintStream log) {
    this.out = out;
    this.log = log;
  }

  public static void main(String[] arguments) {
    System.exit(new Bench(System.out, System.err).run(List.of(arguments)));
  }

  private int run(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.println(Arguments.USAGE);
      return 0;
    }
    Arguments asked;
    try {
      asked = Arguments.parse(arguments);
    } catch (IllegalArgumentException e) {
      log.println("bench/run: " + e.getMessage());
      log.println(Arguments.USAGE);
      return WRONG_USAGE;
    }
    return run(asked);
  }

  private int run(Arguments asked) {
    try {
      for (Suite suite : asked.suites()) {
        run(suite, asked);
      }
      if (asked.sessions()) {
        runSessions(asked);
      }
      if (asked.store()) {
        runStore(asked);
      }
      if (asked.fleet()) {
        runFleet(asked);
      }
      if (asked.connections()) {
        runConnections(asked);
      }
      if (asked.allocations()) {
        runAllocations(asked);
      }
      return 0;
    } catch (RunnerException | IOException e) {
      log.println("bench/run: " + e.getMessage());
      return FAILED;
    }
  }

  private void runSessions(Arguments asked) throws IOException {
    boolean quick = asked.effort().equals(Effort.QUICK);
    SessionRuns runs = new SessionRuns(asked.output(), log, quick);
    out.println(runs.run());
    out.println(SessionRuns.NOTES + " All figures: " + runs.json());
    out.println();
  }

  private void runStore(Arguments asked) throws IOException {
    out.println(new RedisRuns(asked.effort().equals(Effort.QUICK)).run());
    out.println(RedisRuns.NOTES);
    out.println();
  }

  private void runFleet(Arguments asked) throws IOException {
    FleetLoad load = asked.effort().equals(Effort.QUICK) ? FleetLoad.QUICK : FleetLoad.USUAL;
    if (asked.rate().isPresent()) {
      load = load.withRate(asked.rate().getAsInt());
    }
    out.println(
        new FleetBench(asked.output(), log, load, asked.killRedis(), asked.providers()).run());
  }

  private void runConnections(Arguments asked) throws IOException {
    ConnectionRuns runs =
        new ConnectionRuns(asked.output(), log, asked.effort().equals(Effort.QUICK));
    out.println(runs.run());
    out.println(ConnectionRuns.NOTES + " All figures: " + runs.json());
    out.println();
  }

  private void runAllocations(Arguments asked) throws IOException {
    Path file = asked.output().resolveSibling(Allocations.FILE);
    Allocations now = Allocations.measure();
    Allocations kept = Files.exists(file) ? Allocations.read(file) : Allocations.parse("");
    out.println(now.table(kept));
    Json.write(asked.output().resolve("allocations.json"), now.bytes());
    if (asked.renew()) {
      now.write(file);
      out.println("Those of now are kept in " + file);
    } else {
      now.regressionsSince(kept).forEach(out::println);
    }
    out.println();
  }

  private void run(Suite suite, Arguments asked) throws RunnerException, IOException {
    Path directory = asked.output();
    Rounds rounds = new Rounds(asked.effort(), directory, log);
    Measurements measured = rounds.run(suite, asked.choice());
    Path json = directory.resolve(suite.title() + ".json");
    measured.writeJson(json);
    out.println(suite.table(measured, asked.choice()));
    out.println(measured.notes(asked.effort()) + " All figures: " + json);
    out.println();
  }
}
