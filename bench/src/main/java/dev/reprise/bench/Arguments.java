/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param suites in their order; all of them if none is named
 * @param output the folder for JSON and logs
 */
record Arguments(List<Suite> suites, Effort effort, Path output) {
  static final String USAGE =
      """
      usage: bench/run [handshakes|records|tickets]... [--quick]
        handshakes   in memory, full and resumed: time and allocated bytes of either side
        records      sealing and opening long records of application data
        tickets      sealing and opening sessions, and opening junk
        --quick      one round of short runs: ratios within some 10%, for a first look\
      """;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Arguments parse(List<String> arguments) {
    List<Suite> suites = new ArrayList<>();
    Effort effort = Effort.USUAL;
    Path output = Path.of("bench", "target");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--quick" -> effort = Effort.QUICK;
        case "--output" -> output = Path.of(value(argument, rest));
        default -> suites.add(Suite.named(argument));
      }
    }
    return new Arguments(
        suites.isEmpty() ? List.of(Suite.values()) : List.copyOf(suites), effort, output);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
