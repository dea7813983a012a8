/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysFleetCommandTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("fleet.key");
  }

  private void does(String... flags) {
    Run run = run(flags);
    assertEquals(0, run.exitCode(), run.toString());
    assertEquals("", run.out() + run.error());
  }

  private void refuses(String sentence, String... flags) {
    Run run = run(flags);
    assertEquals(2, run.exitCode(), run.toString());
    assertEquals("reprise: " + sentence + "." + System.lineSeparator(), run.error());
  }

  private Run run(String... flags) {
    return Run.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("keys", "fleet", "--out", file().toString()),
                java.util.stream.Stream.of(flags))
            .toArray(String[]::new));
  }

  @Test
  void makesAKeyThatNobodyElseMayRead() throws Exception {
    does();
    List<String> lines = Files.readAllLines(file());
    assertEquals(1, lines.size());
    assertTrue(lines.getFirst().matches("reprise-fleet-key-1:[A-Za-z0-9+/]{43}="));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    refuses(file() + " exists already; name another file, or replace it with --force");
    does("--force");
    assertNotEquals(lines, Files.readAllLines(file()));
  }

  @Test
  void replacesAKeyInThreeStepsAndLeavesTheFilesPermissions() throws Exception {
    does();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    String old = Files.readAllLines(file()).getFirst();
    does("--add");
    List<String> both = Files.readAllLines(file());
    assertEquals(2, both.size());
    assertEquals(old, both.getFirst());
    does("--switch");
    assertEquals(both.reversed(), Files.readAllLines(file()));
    does("--drop");
    assertEquals(List.of(both.getLast()), Files.readAllLines(file()));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void refusesStepsOutOfOrder() {
    refuses(file() + " does not exist; check the path", "--add");
    does();
    refuses(file() + " has one key; --add the one to come first", "--switch");
    refuses(file() + " has one key; --add the one to come first", "--drop");
    does("--add");
    refuses(file() + " has two keys already; --drop the one that is not used any more", "--add");
    refuses(
        "--add, --switch and --drop are three steps; bring each to all nodes before the next",
        "--add",
        "--switch");
    refuses("--force has no effect on a file that is changed; leave it out", "--drop", "--force");
  }

  @Test
  void rotatesOnlyWhenItIsToldTo() throws Exception {
    does();
    String key = file().toString();
    Run idle = Run.of("keys", "rotate", "--store", "redis://127.0.0.1:1", "--fleet-key", key);
    assertEquals(2, idle.exitCode());
    assertTrue(idle.error().contains("does nothing without --now"), idle.error());
    Run away =
        Run.of("keys", "rotate", "--now", "--store", "redis://:pw@127.0.0.1:1", "--fleet-key", key);
    assertEquals(1, away.exitCode());
    assertTrue(away.error().startsWith("reprise: Redis at redis://127.0.0.1:1 does not answer"));
    Run wrong = Run.of("keys", "rotate", "--now", "--store", "x", "--fleet-key", key);
    assertEquals(2, wrong.exitCode());
  }
}
