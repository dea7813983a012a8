/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** Which flags were given, rather than left at their defaults. */
record Matched(ParseResult result) {
  boolean has(String flag) {
    return result.hasMatchedOption(flag);
  }

  /** The first of {@code flags} that was given, or null. */
  @Nullable String firstOf(List<String> flags) {
    return flags.stream().filter(this::has).findFirst().orElse(null);
  }
}
