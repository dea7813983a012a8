/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.interop.peers.Findings.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/interop.md to what the run before this one has seen, or writes it anew with {@code
 * -Dreprise.write-docs=true}. What it writes stands between comments: {@code written: servers} and
 * {@code written: clients}. The versions are written with it but not compared, since they are the
 * machine's. Of programs that the run has left out, the page's own lines are kept.
 */
class InteropPageTest {
  private static final Path PAGE = Path.of("..", "docs", "interop.md");
  private static final Pattern WRITTEN =
      Pattern.compile("<!-- written: (\\S+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final boolean WRITES = Boolean.getBoolean("reprise.write-docs");
  private static final boolean WITH_PROGRAMS = !"false".equals(System.getProperty("reprise.peers"));

  /** One line of what the tests have found. */
  private record Finding(Side side, Peer peer, String feature, String version, String what) {
    static Finding read(String line) {
      String[] parts = line.split("\t", 5);
      return new Finding(
          Side.valueOf(parts[0]), Peer.valueOf(parts[1]), parts[2], parts[3], parts[4]);
    }
  }

  @Test
  void theTestsHaveWrittenIt() throws IOException {
    String page = Files.readString(PAGE);
    List<Finding> findings = findings();
    String wanted = WRITTEN.matcher(page).replaceAll(found -> part(found, findings));
    if (WRITES) {
      Files.writeString(PAGE, wanted);
    } else {
      assertEquals(
          wanted,
          page,
          "docs/interop.md is not what the tests have seen: run mvn verify -pl interop -am"
              + " -Dreprise.write-docs=true");
    }
  }

  private static List<Finding> findings() throws IOException {
    try (Stream<Path> files = Files.list(Findings.DIRECTORY)) {
      return files.sorted().flatMap(InteropPageTest::lines).map(Finding::read).toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String part(MatchResult found, List<Finding> findings) {
    String name = found.group(1);
    String text =
        switch (name) {
          case "servers" -> table(Side.SERVER, findings, found.group(2));
          case "clients" -> table(Side.CLIENT, findings, found.group(2));
          case "versions" -> WRITES ? versions(findings) : found.group(2);
          default -> throw new AssertionError("nothing writes " + name);
        };
    return Matcher.quoteReplacement("<!-- written: " + name + " -->\n" + text + "<!-- end -->");
  }

  /** A row for each peer, and below the table a line for whatever a row leaves to say. */
  private static String table(Side side, List<Finding> findings, String before) {
    StringBuilder rows = new StringBuilder();
    StringBuilder remarks = new StringBuilder();
    List<Feature> features = List.of(Feature.values());
    rows.append(row("Peer", features.stream().map(Feature::title).toList()));
    rows.append(row("---", features.stream().map(_ -> "---").toList()));
    for (Peer peer : Peer.values()) {
      List<Finding> own =
          findings.stream().filter(each -> each.side() == side && each.peer() == peer).toList();
      if (!own.isEmpty()) {
        rows.append(row(peer.title(), cells(peer, own)));
        remarks.append(remarks(peer, own));
      } else if (peer.program() && !WITH_PROGRAMS) {
        rows.append(kept("| " + peer.title() + " |", before));
        remarks.append(kept("- " + peer.title() + ",", before));
      }
    }
    return rows.append('\n').append(remarks).toString();
  }

  private static String row(String first, List<String> cells) {
    return "| " + first + " | " + String.join(" | ", cells) + " |\n";
  }

  private static String kept(String start, String before) {
    StringBuilder kept = new StringBuilder();
    before
        .lines()
        .filter(line -> line.startsWith(start))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString();
  }

  private static List<String> cells(Peer peer, List<Finding> own) {
    return Arrays.stream(Feature.values()).map(feature -> cell(peer, feature, own)).toList();
  }

  /** In which versions it was seen. */
  private static String cell(Peer peer, Feature feature, List<Finding> own) {
    List<String> held = new ArrayList<>();
    for (Trial trial : Trial.of(feature).toList()) {
      if (what(peer, trial, own).startsWith(Findings.HELD)) {
        held.add(trial.isTls12() ? "1.2" : "1.3");
      }
    }
    return held.isEmpty() ? "-" : String.join(", ", held);
  }

  private static String what(Peer peer, Trial trial, List<Finding> own) {
    return own.stream()
        .filter(each -> each.feature().equals(trial.feature().name()))
        .filter(each -> each.version().equals(trial.version().name()))
        .map(Finding::what)
        .findFirst()
        .orElseThrow(() -> new AssertionError(peer + " has no " + trial + ": a test has failed"));
  }

  /** What a peer cannot do or does its own way: a line for each sentence. */
  private static String remarks(Peer peer, List<Finding> own) {
    Map<String, List<String>> whereBySentence = new LinkedHashMap<>();
    for (Trial trial : Trial.ALL) {
      String sentence = what(peer, trial, own).replaceFirst("^" + Findings.HELD, "");
      if (!sentence.isEmpty()) {
        whereBySentence
            .computeIfAbsent(sentence, _ -> new ArrayList<>())
            .add(trial.feature().title() + (trial.isTls12() ? " in 1.2" : " in 1.3"));
      }
    }
    StringBuilder lines = new StringBuilder();
    whereBySentence.forEach((sentence, where) ->
        lines
            .append("- " + peer.title() + ", " + String.join(", ", where) + ": " + sentence)
            .append(".\n"));
    return lines.toString();
  }

  private static String versions(List<Finding> findings) {
    Map<Peer, String> versions = new TreeMap<>();
    findings.stream()
        .filter(each -> each.feature().equals("VERSION"))
        .forEach(each -> versions.put(each.peer(), each.what()));
    StringBuilder lines = new StringBuilder();
    versions.forEach((peer, version) -> lines.append("- " + peer.title() + ": " + version + "\n"));
    return lines.toString();
  }
}
