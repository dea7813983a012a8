/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the rules out of {@code docs/rules.md}, which is a table under each family's heading. */
final class RuleList {
  private static final Pattern FAMILY = Pattern.compile("## ([A-Z]\\. .*)");
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z][1-9][0-9]*) \\|.*\\| (.*) \\|");
  private static final Pattern STATE =
      Pattern.compile("applies|(?<word>not applicable|open): (?<reason>.+)");

  private RuleList() {}

  /**
   * The rules in their order.
   *
   * @throws IllegalArgumentException where a row cannot be understood, or an id is missing
   */
  static List<Rule> read(List<String> lines) {
    List<Rule> rules = new ArrayList<>();
    String family = "";
    for (String line : lines) {
      Matcher heading = FAMILY.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        family = heading.group(1);
      } else if (row.matches()) {
        rules.add(rule(row.group(1), family, row.group(2)));
      }
    }
    requireEveryNumber(rules);
    return rules;
  }

  private static Rule rule(String id, String family, String state) {
    Matcher parts = STATE.matcher(state);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          id + " is neither \"applies\", \"not applicable: why\" nor \"open: why\" but: " + state);
    }
    if (family.charAt(0) != id.charAt(0)) {
      throw new IllegalArgumentException(id + " stands under \"" + family + "\"");
    }
    String reason = parts.group("reason");
    return new Rule(id, family, state(parts.group("word")), reason == null ? "" : reason);
  }

  private static Rule.State state(@org.jspecify.annotations.Nullable String word) {
    return Arrays.stream(Rule.State.values())
        .filter(state -> state.word.equals(word))
        .findFirst()
        .orElse(Rule.State.APPLIES);
  }

  /** A rule whose row is lost would be shown by nobody and missed by nobody. */
  private static void requireEveryNumber(List<Rule> rules) {
    String family = "";
    int number = 0;
    for (Rule rule : rules) {
      number = rule.family().equals(family) ? number + 1 : 1;
      family = rule.family();
      if (rule.number() != number) {
        throw new IllegalArgumentException(
            rule.id() + " stands where " + family.charAt(0) + number + " belongs");
      }
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("there are no rules");
    }
  }
}
