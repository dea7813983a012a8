/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules beside the tests that cite them: what is shown, what is not, and what is wrong. */
final class RuleReport {
  private final List<Rule> rules;
  private final List<Citation> citations;

  RuleReport(List<Rule> rules, List<Citation> citations) {
    this.rules = rules;
    this.citations = citations;
  }

  /** A line for each family, then each reason for what no test shows. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(line("rules", "covered", "not applicable", "open", "upheld by", "refused by"));
    Set<String> families = new LinkedHashSet<>();
    rules.forEach(rule -> families.add(rule.family()));
    for (String family : families) {
      lines.add(counts(family, rules.stream().filter(r -> r.family().equals(family)).toList()));
    }
    lines.add(counts("all", rules));
    lines.addAll(reasons(Rule.State.NOT_APPLICABLE));
    lines.addAll(reasons(Rule.State.OPEN));
    return lines;
  }

  private String counts(String name, List<Rule> some) {
    return line(
        name,
        count(some.stream().filter(this::covered).count()),
        count(some.stream().filter(rule -> rule.state() == Rule.State.NOT_APPLICABLE).count()),
        count(some.stream().filter(rule -> rule.state() == Rule.State.OPEN).count()),
        count(tests(some, false)),
        count(tests(some, true)));
  }

  private static String line(String name, String... columns) {
    return "%-42s %8s %15s %5s %10s %11s"
        .formatted(name, columns[0], columns[1], columns[2], columns[3], columns[4]);
  }

  private static String count(long number) {
    return Long.toString(number);
  }

  private boolean covered(Rule rule) {
    return rule.state() == Rule.State.APPLIES && shown(rule, false) && shown(rule, true);
  }

  private boolean shown(Rule rule, boolean refuses) {
    return tests(List.of(rule), refuses) > 0;
  }

  /** How many tests cite one of {@code some}. */
  private long tests(List<Rule> some, boolean refuses) {
    Set<String> ids = some.stream().map(Rule::id).collect(Collectors.toSet());
    return citations.stream()
        .filter(cited -> cited.runs() && cited.refuses() == refuses && ids.contains(cited.id()))
        .map(Citation::test)
        .distinct()
        .count();
  }

  private List<String> reasons(Rule.State state) {
    Map<String, List<Rule>> byReason = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (rule.state() == state) {
        byReason.computeIfAbsent(rule.reason(), _ -> new ArrayList<>()).add(rule);
      }
    }
    return byReason.entrySet().stream()
        .map(entry -> state.word + ": " + ranges(entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  /** "Q2-Q8, Q10". */
  private static String ranges(List<Rule> some) {
    List<String> ranges = new ArrayList<>();
    for (int from = 0; from < some.size(); ) {
      int to = from;
      while (to + 1 < some.size() && follows(some.get(to), some.get(to + 1))) {
        to++;
      }
      String first = some.get(from).id();
      ranges.add(to == from ? first : first + "-" + some.get(to).id());
      from = to + 1;
    }
    return String.join(", ", ranges);
  }

  private static boolean follows(Rule rule, Rule next) {
    return next.family().equals(rule.family()) && next.number() == rule.number() + 1;
  }

  /** A sentence for everything that must not be so; none: all is well. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    Set<String> known = rules.stream().map(Rule::id).collect(Collectors.toSet());
    for (Citation cited : citations) {
      if (!known.contains(cited.id())) {
        faults.add(cited.test() + " cites " + cited.id() + ", which docs/rules.md does not have.");
      }
      if (!cited.runs()) {
        faults.add(cited.test() + " cites " + cited.id() + " but is no test, or is disabled.");
      }
    }
    for (Rule rule : rules) {
      if (rule.state() == Rule.State.APPLIES && !shown(rule, false)) {
        faults.add(rule.id() + " applies, and no test is marked @Upholds(\"" + rule.id() + "\").");
      }
      if (rule.state() == Rule.State.APPLIES && !shown(rule, true)) {
        faults.add(rule.id() + " applies, and no test is marked @Refuses(\"" + rule.id() + "\").");
      }
    }
    return faults;
  }
}
