/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code reprise fleet} with real nodes, a real Redis and clients of others. */
@ResourceLock("process")
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetProcessTest {
  private static final String REQUEST = "GET /connection HTTP/1.0\r\nHost: localhost\r\n\r\n";
  private static final Pattern NODE = Pattern.compile("\"node\":\"([^\"]+)\"");

  @TempDir private Path directory;

  @Test
  void resumesEverySessionOnEveryNodeOverASlowStoreAndLeavesNothingBehind() throws Exception {
    try (ServeProcess fleet = startPatient("--nodes", "3", "--store-delay", "20ms")) {
      int[] ports = fleet.ports();
      String target = "127.0.0.1:" + ports[0];
      assertEquals(5, reconnections(target));
      assertEquals(5, reconnections(target, "-no_ticket"));
      assertEquals(20, resumptionsTls13(target, 20));
      assertOtherNodeResumes(target);
      List<ProcessHandle> all = fleet.descendants();
      assertTrue(all.size() >= 5, all::toString); // Three nodes, a shell and Redis.
      fleet.terminate();
      Run ended = fleet.ended();
      assertEquals(0, ended.exitCode(), ended.toString());
      assertTrue(ended.out().lines().anyMatch(line -> line.startsWith("all ")), ended.out());
      assertFalse(all.stream().anyMatch(ProcessHandle::isAlive));
      assertEquals(0, leftovers());
    }
  }

  @Test
  void takesNewKeysOnAllNodesAndEndsWithWhoeverStartedIt() throws Exception {
    try (ServeProcess fleet = startPatient("--nodes", "2")) {
      int[] ports = fleet.ports();
      String target = "127.0.0.1:" + ports[0];
      assertEquals(5, reconnections(target));
      assertEquals(5, reconnections(target, "-no_ticket"));
      String key = told(ports[1], "fleet-key");
      String store = told(ports[1], "store");
      Run rotated = Run.of("keys", "rotate", "--now", "--store", store, "--fleet-key", key);
      assertEquals(0, rotated.exitCode(), rotated.toString());
      assertEquals(
          2,
          rotated.out().lines().filter(line -> line.endsWith(" has the new keys.")).count(),
          rotated.out());
      List<ProcessHandle> all = fleet.descendants();
      fleet.kill(); // It cannot end anybody itself.
      Await.until("all have ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
      Await.until("nothing is left", () -> leftovers() == 0);
    }
  }

  @Test
  void saysWhatANodeObjectsTo() throws Exception {
    try (ServeProcess fleet = start("--nodes", "1", "--", "--foo")) {
      Run ended = fleet.ended();
      assertEquals(2, ended.exitCode(), ended.toString());
      assertEquals(
          "reprise: A node does not start: There is no flag --foo (see `reprise serve"
              + " --help`).",
          ended.error().lines().toList().getLast());
      assertEquals(0, leftovers());
    }
  }

  /** Nodes that wait for their store as long as a handshake does: all run on a few processors. */
  private ServeProcess startPatient(String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--", "--store-deadline", "5s"));
    return start(all.toArray(String[]::new));
  }

  private ServeProcess start(String... flags) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
    all.addAll(List.of(flags));
    return ServeProcess.startCommand(
        List.of("-Djava.io.tmpdir=" + directory, "-XX:TieredStopAtLevel=1"),
        "fleet",
        all.toArray(String[]::new));
  }

  /** Directories that fleets have made. Performance data of JVMs lies elsewhere. */
  private long leftovers() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("reprise-fleet-"))
          .count();
    }
  }

  /** A line of what the fleet's admin listener tells at its root. */
  private static String told(int port, String what) throws Exception {
    return run("", List.of("curl", "-s", "http://127.0.0.1:" + port + "/"))
        .lines()
        .filter(line -> line.startsWith(what + " "))
        .map(line -> line.substring(what.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static long reconnections(String target, String... flags) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "s_client", "-connect", target, "-tls1_2", "-reconnect"));
    command.addAll(List.of(flags));
    return run("", command).lines().filter(line -> line.startsWith("Reused")).count();
  }

  private int resumptionsTls13(String target, int times) throws Exception {
    String file = directory.resolve("session.pem").toString();
    List<String> first =
        List.of(
            "openssl", "s_client", "-connect", target, "-tls1_3", "-ign_eof", "-sess_out", file);
    run(REQUEST, first);
    List<String> again = new ArrayList<>(first);
    again.addAll(List.of("-sess_in", file));
    int resumed = 0;
    for (int i = 0; i < times; i++) {
      resumed += run(REQUEST, again).contains("Reused, TLSv1.3") ? 1 : 0;
    }
    return resumed;
  }

  private static void assertOtherNodeResumes(String target) throws Exception {
    String url = "https://" + target + "/connection";
    List<String> answers =
        run("", List.of("curl", "-sk", "-H", "Connection: close", url, url)).lines().toList();
    assertEquals(2, answers.size(), answers::toString);
    assertTrue(answers.getFirst().contains("\"handshake\":\"full\""), answers::toString);
    assertTrue(answers.getLast().contains("\"handshake\":\"resumed\""), answers::toString);
    assertFalse(node(answers.getFirst()).equals(node(answers.getLast())), answers::toString);
  }

  private static String node(String answer) {
    Matcher matcher = NODE.matcher(answer);
    assertTrue(matcher.find(), answer);
    return matcher.group(1);
  }

  private static String run(String input, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    } catch (IOException _) {
      // It has what it wanted already.
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
    return said;
  }
}
