/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints which rules of {@code docs/rules.md} are shown by tests. Its argument is the directory of
 * the project, whose modules' tests must be compiled. Exit code 1: a rule that applies has no test,
 * or a test cites what is no rule.
 */
public final class RuleTable {
  private RuleTable() {}

  public static void main(String[] arguments) throws IOException {
    System.exit(print(Path.of(arguments[0]), System.out) ? 0 : 1);
  }

  /** Whether all is well. */
  static boolean print(Path project, PrintStream out) throws IOException {
    List<Rule> rules;
    try {
      rules = RuleList.read(Files.readAllLines(project.resolve("docs/rules.md")));
    } catch (IllegalArgumentException e) {
      out.println("docs/rules.md: " + e.getMessage());
      return false;
    }
    RuleReport report = new RuleReport(rules, citations(project));
    report.table().forEach(out::println);
    List<String> faults = report.faults();
    faults.forEach(out::println);
    return faults.isEmpty();
  }

  private static List<Citation> citations(Path project) throws IOException {
    List<Citation> citations = new ArrayList<>();
    try (Stream<Path> modules = Files.list(project)) {
      for (Path module : modules.sorted().toList()) {
        Path classes = module.resolve("target/test-classes");
        if (Files.isDirectory(classes)) {
          citations.addAll(Citations.below(classes));
        }
      }
    }
    return citations;
  }
}
