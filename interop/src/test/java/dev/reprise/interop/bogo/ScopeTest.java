/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScopeTest {
  @TempDir private Path folder;

  @Test
  void countsWhatNoPatternTakesOut() throws IOException {
    Scope scope =
        read(
            """
            # A comment.
            out *-TLS1 an old version
            out [^M]*-TLS1-* an old version

            resumption Resume-*
            """);
    assertEquals(
        "3 of 5 tests are in scope, 1 of them about resumption",
        scope.count(List.of("A-TLS1", "B-TLS1-C", "M-TLS1-C", "Resume-X", "Resumed-TLS12")));
    assertEquals("*-TLS1;[^M]*-TLS1-*", scope.skip());
  }

  @Test
  void asksForAReason() {
    assertThrows(IllegalArgumentException.class, () -> read("out *DTLS*\n"));
  }

  @Test
  void readsTheScopeThatIsInUse() throws IOException {
    assertFalse(Scope.read(Path.of("bogo-scope.txt")).out().isEmpty());
  }

  private Scope read(String lines) throws IOException {
    return Scope.read(Files.writeString(folder.resolve("scope.txt"), lines));
  }
}
