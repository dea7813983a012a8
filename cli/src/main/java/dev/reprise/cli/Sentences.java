/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes one sentence, without its full stop, of what picocli says about a command line. */
final class Sentences {
  private Sentences() {}

  static String of(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return ofUnmatched(unmatched);
    }
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String ofUnmatched(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().getFirst();
    List<String> suggestions = failure.getSuggestions();
    return (first.startsWith("-") ? "There is no flag " : "Nothing is known about ")
        + first
        + (suggestions.isEmpty()
            ? ""
            : "; perhaps " + String.join(" or ", suggestions) + " was meant");
  }
}
