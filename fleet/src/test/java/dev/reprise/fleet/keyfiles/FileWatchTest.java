/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  @TempDir private Path directory;

  @Test
  void isDueOnceAChangeLooksTheSameTwice() throws Exception {
    Path one = Files.writeString(directory.resolve("one"), "1");
    Path other = Files.writeString(directory.resolve("other"), "1");
    FileWatch watch = new FileWatch(List.of(one, other));
    assertFalse(watch.isDue());
    assertTrue(watch.isDue(), "never taken");
    assertTrue(watch.isUnchanged());
    watch.taken(true);
    assertFalse(watch.isDue());
    Files.writeString(one, "22");
    assertFalse(watch.isDue());
    Files.writeString(other, "22");
    assertFalse(watch.isDue(), "half moved");
    assertTrue(watch.isDue());
    assertTrue(watch.isDue(), "until it is taken");
  }

  @Test
  void tellsThatFilesChangedWhileTheyWereRead() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "1");
    FileWatch watch = new FileWatch(List.of(file));
    assertFalse(watch.isDue());
    assertTrue(watch.isDue());
    Files.writeString(file, "22");
    assertFalse(watch.isUnchanged());
    assertFalse(watch.isDue());
    assertTrue(watch.isDue());
  }

  @Test
  void asksForFilesOfNoUseAgainAndAgain() throws Exception {
    Path file = directory.resolve("file");
    FileWatch watch = new FileWatch(List.of(file));
    assertFalse(watch.isDue());
    assertTrue(watch.isDue());
    watch.taken(false);
    assertTrue(watch.isDue());
    watch.taken(true);
    assertFalse(watch.isDue());
    Files.writeString(file, "1");
    assertFalse(watch.isDue());
    assertTrue(watch.isDue());
  }
}
