/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import static dev.reprise.fleet.TestFleet.awaitSealing;
import static dev.reprise.fleet.TestFleet.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A node that stands still for longer than a key lives, and goes on. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class PausedNodeTest {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  @Test
  void aNodeThatIsWokenAfterItsKeysHaveEndedOpensWithNoneOfThem()
      throws IOException, InterruptedException {
    try (TestFleet fleet = new TestFleet(PERIOD, PERIOD)) {
      Fleet other = fleet.join("other");
      awaitSealing(other);
      Process process = start(fleet);
      try (BufferedReader answers =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
          PrintStream questions =
              new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII)) {
        Await.until(
            "it has the others' keys", () -> ask(questions, answers, "keys").equals(keys(other)));
        String before = ask(questions, answers, "keys");
        signal(process, "STOP");
        Await.until("its keys have ended", () -> disjoint(before, keys(other)));
        Await.until("it counts as gone", () -> other.status().others().isEmpty());
        signal(process, "CONT");
        for (String name : before.split(" ", -1)) {
          assertEquals("false", ask(questions, answers, "opens " + name));
        }
        Await.until("it is back", () -> other.status().others().size() == 1);
        Await.until(
            "it has the others' keys", () -> ask(questions, answers, "keys").equals(keys(other)));
        assertFalse(keys(other).isEmpty());
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static String keys(Fleet node) {
    return names(node).stream().map(Opaque::toString).sorted().collect(Collectors.joining(" "));
  }

  private static boolean disjoint(String before, String now) {
    return java.util.Arrays.stream(before.split(" ", -1)).noneMatch(now::contains);
  }

  private static String ask(PrintStream questions, BufferedReader answers, String question)
      throws IOException {
    questions.println(question);
    return String.valueOf(answers.readLine());
  }

  private static Process start(TestFleet fleet) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            NodeMain.class.getName(),
            fleet.redis.url(),
            fleet.keyPath().toString(),
            PERIOD.toString(),
            PERIOD.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }
}
