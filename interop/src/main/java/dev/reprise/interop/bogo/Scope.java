/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which tests are in scope: a file of lines {@code out PATTERN reason} and {@code resumption
 * PATTERN}; what follows {@code #} at the beginning of a line is for readers.
 *
 * @param out patterns of what is out of scope
 * @param resumption patterns of the part that is counted apart
 */
record Scope(List<String> out, List<String> resumption) {
  /** Refuses an exclusion without a reason. */
  static Scope read(Path file) throws IOException {
    Scope scope = new Scope(new ArrayList<>(), new ArrayList<>());
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split(" +", 3);
      switch (words[0]) {
        case "", "#" -> {}
        case "resumption" -> scope.resumption.add(words[1]);
        case "out" -> {
          if (words.length < 3) {
            throw new IllegalArgumentException("There is no reason for: " + line);
          }
          scope.out.add(words[1]);
        }
        default -> throw new IllegalArgumentException("Neither out nor resumption: " + line);
      }
    }
    return scope;
  }

  /** How many of {@code tests} are in scope, and how many of these are about resumption. */
  String count(List<String> tests) {
    List<String> in = tests.stream().filter(test -> !matches(out, test)).toList();
    long about = in.stream().filter(test -> matches(resumption, test)).count();
    return in.size()
        + " of "
        + tests.size()
        + " tests are in scope, "
        + about
        + " of them about"
        + " resumption";
  }

  /** What is out of scope, as the runner's {@code -skip} takes it. */
  String skip() {
    return String.join(";", out);
  }

  private static boolean matches(List<String> patterns, String test) {
    return patterns.stream().anyMatch(pattern -> pattern(pattern).matcher(test).matches());
  }

  /** {@code *}, {@code ?} and classes of characters, as Go's path.Match knows them. */
  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char each = glob.charAt(i);
      regex.append(
          switch (each) {
            case '*' -> ".*";
            case '?' -> ".";
            case '[', ']', '^' -> String.valueOf(each);
            default -> Pattern.quote(String.valueOf(each));
          });
    }
    return Pattern.compile(regex.toString());
  }
}
