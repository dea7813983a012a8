/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.hosts.Results.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/embedding.md to what the run before this one has seen, or writes it anew with {@code
 * -Dreprise.write-docs=true}. What it writes stands between comments: {@code written: table},
 * {@code written: drop-in}, or {@code written: } and the class whose marked lines are shown.
 */
class EmbeddingPageTest {
  private static final Path PAGE = Path.of("..", "docs", "embedding.md");
  private static final Path SOURCES = Path.of("src", "test", "java", "dev", "reprise", "hosts");
  private static final Pattern WRITTEN =
      Pattern.compile("<!-- written: (\\S+) -->\n.*?<!-- end -->", Pattern.DOTALL);

  @Test
  void theTestsHaveWrittenIt() throws IOException {
    String page = Files.readString(PAGE);
    String wanted = WRITTEN.matcher(page).replaceAll(EmbeddingPageTest::part);
    if (Boolean.getBoolean("reprise.write-docs")) {
      Files.writeString(PAGE, wanted);
    } else {
      assertEquals(
          wanted,
          page,
          "docs/embedding.md is not what the tests have seen: run mvn verify -pl hosts -am"
              + " -Dreprise.write-docs=true");
    }
  }

  private static String part(MatchResult found) {
    String name = found.group(1);
    try {
      String text =
          switch (name) {
            case "table" -> table();
            case "drop-in" -> dropIn();
            default -> lines(name);
          };
      return Matcher.quoteReplacement("<!-- written: " + name + " -->\n" + text + "<!-- end -->");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Column> columns = List.of(Column.values());
    text.append(row(columns.stream().map(column -> column.head)));
    text.append(row(columns.stream().map(_ -> "---")));
    for (Path file : results()) {
      Map<Column, String> cells = cells(file);
      for (Column column : columns) {
        if (!cells.containsKey(column)) {
          throw new AssertionError(file + " has no " + column + ": a test of it has failed");
        }
      }
      text.append(row(columns.stream().map(cells::get)));
    }
    return text.toString();
  }

  private static List<Path> results() throws IOException {
    try (Stream<Path> files = Files.list(Results.DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static Map<Column, String> cells(Path file) throws IOException {
    Map<Column, String> cells = new EnumMap<>(Column.class);
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("=", 2);
      cells.put(Column.valueOf(parts[0]), parts[1]);
    }
    return cells;
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String dropIn() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("Netty ").append(Versions.of("netty-tests")).append(": ");
    text.append(Files.readString(Results.DIRECTORY.resolve("DropIn.count"))).append('\n');
    DropInTest.reasons()
        .forEach((test, reason) ->
            text.append("- `").append(test).append("`: ").append(reason).append('\n'));
    return text.toString();
  }

  private static String lines(String name) throws IOException {
    List<String> shown = new ArrayList<>();
    boolean showing = false;
    for (String line : Files.readAllLines(SOURCES.resolve(name + ".java"))) {
      if (line.strip().equals("// end")) {
        showing = false;
      }
      if (showing) {
        shown.add(line);
      }
      if (line.strip().equals("// lines:")) {
        showing = true;
      }
    }
    return "```java\n" + String.join("\n", shown).stripIndent() + "\n```\n";
  }
}
