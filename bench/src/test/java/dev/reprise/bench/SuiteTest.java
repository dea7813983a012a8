/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.RunnerException;

final class SuiteTest {
  private static final Effort ONCE_IN_THIS_JVM = new Effort(1, 0, 0, 1, 1);
  private static final Choice CHOICE =
      Choice.QUICK.withPeers("reprise,sunjsse,conscrypt").withCertificates("ecdsa,rsa");
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource(Suite.class)
  void runsEveryBenchmarkOnceAndFillsItsTable(Suite suite, @TempDir Path directory)
      throws RunnerException, IOException {
    Measurements measured = new Rounds(ONCE_IN_THIS_JVM, directory, NOWHERE).run(suite, CHOICE);
    String table = suite.table(measured, CHOICE);
    assertFalse(table.contains("NaN"), table);
    assertTrue(table.lines().count() >= 2 + suite.lines(CHOICE).size(), table);
    Path json = directory.resolve("all.json");
    measured.writeJson(json);
    assertTrue(Files.readString(json).contains("\"rawData\""));
  }
}
