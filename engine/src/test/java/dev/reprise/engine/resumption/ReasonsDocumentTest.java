/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reasons.md has a row for each outcome, in the same order, and no other. */
class ReasonsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "reasons.md");

  @Test
  void hasARowForEachMechanism() throws IOException {
    assertEquals(names(Stream.of(Mechanism.values()).map(Mechanism::wireName)), rows("Resumed", 3));
  }

  @Test
  void hasARowForEachReasonOfAFullHandshake() throws IOException {
    assertEquals(names(Stream.of(MissReason.values()).map(Enum::name)), rows("Full handshakes", 4));
  }

  @Test
  void hasARowForEachReasonOfAnEnd() throws IOException {
    assertEquals(names(Stream.of(RefusalReason.values()).map(Enum::name)), rows("Ended", 4));
  }

  @Test
  void isLinkedFromTheFirstPage() throws IOException {
    assertTrue(Files.readString(Path.of("..", "README.md")).contains("(docs/reasons.md)"));
  }

  private static List<String> names(Stream<String> names) {
    return names.map(name -> "`" + name + "`").toList();
  }

  /** The first cells of the table under a heading; none of the others may be empty. */
  private static List<String> rows(String heading, int cells) throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.equals("## " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .peek(row -> assertEquals(cells, row.size(), row::toString))
        .peek(row -> row.forEach(cell -> assertFalse(cell.isEmpty(), row::toString)))
        .map(List::getFirst)
        .toList();
  }
}
