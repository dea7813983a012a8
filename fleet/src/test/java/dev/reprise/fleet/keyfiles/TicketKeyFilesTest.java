/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.testkit.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys come and go with what is in the files. */
class TicketKeyFilesTest {
  @TempDir private Path directory;

  private final FakeClock clock = FakeClock.create();
  private final List<String> said = new ArrayList<>();

  private TicketKeyFiles open(KeyFileFormat format, Path... paths) throws KeyFileException {
    return new TicketKeyFiles(
        Keys.files(format, paths),
        clock,
        Duration.ofHours(12),
        event -> said.add(event.sentence()));
  }

  private Path file(String name, long seed) throws Exception {
    return Keys.write(directory.resolve(name), Keys.random(seed, 48));
  }

  /** A change is seen by one look and taken up by the next. */
  private static void lookTwice(TicketKeyFiles keys) {
    keys.look();
    keys.look();
  }

  private Stek sealing(TicketKeyFiles keys) {
    return Objects.requireNonNull(keys.ring().issuing(clock.millis()));
  }

  @Test
  void sealsWithTheFirstFileAndOpensWithAll() throws Exception {
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, file("a", 1), file("b", 2));
    Stek first = keys.ring().keys().get(0);
    Stek second = keys.ring().keys().get(1);
    assertSame(first, sealing(keys));
    assertTrue(second.issueFromMillis() < first.issueFromMillis(), "it would not be renewed");
    for (Duration later : List.of(Duration.ofDays(0), Duration.ofDays(36_500))) {
      clock.advance(later);
      assertSame(first, keys.ring().accepting(first.name(), clock.millis()));
      assertSame(second, keys.ring().accepting(second.name(), clock.millis()));
    }
    assertSame(keys.ring(), keys.ring());
  }

  @Test
  void sealsWithTheLastLineButOneAndKeepsTheNextOneForLater() throws Exception {
    Path path = Keys.write(directory.resolve("keys"), Keys.lines(80, 1, 2, 3));
    TicketKeyFiles keys = open(KeyFileFormat.HAPROXY, path);
    List<Stek> before = keys.ring().keys();
    assertSame(before.get(1), sealing(keys));
    assertTrue(before.get(2).issueFromMillis() > before.get(1).issueFromMillis());
    Files.writeString(path, Keys.lines(80, 1, 2, 3, 4));
    lookTwice(keys);
    assertEquals(before.get(2).name(), sealing(keys).name());
    assertSame(before.get(2).secret(), sealing(keys).secret());
    assertEquals(MissReason.KEY_EXPIRED, keys.ring().missing(before.get(0).name(), clock.millis()));
    assertTrue(before.get(0).secret().isClosed());
    assertFalse(before.get(1).secret().isClosed());
  }

  @Test
  void followsARotationOfFiles() throws Exception {
    Path current = file("current", 1);
    Path previous = file("previous", 2);
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, current, previous);
    Stek first = sealing(keys);
    Stek gone = keys.ring().keys().get(1);
    Files.move(current, previous, StandardCopyOption.ATOMIC_MOVE);
    keys.look();
    assertSame(first, sealing(keys));
    file("current", 3);
    lookTwice(keys);
    Stek now = sealing(keys);
    assertEquals(List.of(changed(now, 2)), said);
    assertFalse(now.name().equals(first.name()));
    Stek old = keys.ring().accepting(first.name(), clock.millis());
    assertSame(first.secret(), Objects.requireNonNull(old).secret());
    assertTrue(gone.secret().isClosed());
    assertNull(keys.ring().accepting(gone.name(), clock.millis()));
    lookTwice(keys);
    assertEquals(1, said.size());
  }

  @Test
  void waitsForAFileThatIsBeingWritten() throws Exception {
    Path path = file("key", 1);
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, path);
    Stek first = sealing(keys);
    byte[] next = Keys.random(2, 48);
    for (int length = 0; length <= 40; length += 10) {
      Files.write(path, java.util.Arrays.copyOf(next, length));
      keys.look();
      assertSame(first, sealing(keys));
    }
    Files.write(path, next);
    lookTwice(keys);
    assertEquals(List.of(changed(sealing(keys), 1)), said);
  }

  /** Files are links into a directory that is a link itself, and only that one changes. */
  @Test
  void followsTheLinksOfKubernetes() throws Exception {
    Path one = Files.createDirectory(directory.resolve("..one"));
    Path two = Files.createDirectory(directory.resolve("..two"));
    Keys.write(one.resolve("key"), Keys.random(1, 48));
    Keys.write(two.resolve("key"), Keys.random(2, 48));
    // As alike as two files can be.
    Files.setLastModifiedTime(two.resolve("key"), Files.getLastModifiedTime(one.resolve("key")));
    Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
    Path path = Files.createSymbolicLink(directory.resolve("key"), Path.of("..data/key"));
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, path);
    Stek first = sealing(keys);
    Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    lookTwice(keys);
    assertFalse(sealing(keys).name().equals(first.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"size", "weak", "twin", "absent", "mode", "directory"})
  void keepsItsKeysWhenAFileIsBadAndSaysSoOnce(String trouble) throws Exception {
    Path first = file("first", 1);
    Path second = file("second", 2);
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, first, second);
    var ring = keys.ring();
    switch (trouble) {
      case "size" -> Keys.write(second, Keys.random(3, 47));
      case "weak" -> Keys.write(second, new byte[48]);
      case "twin" -> Keys.write(second, Keys.random(1, 48));
      case "absent" -> Files.delete(second);
      case "mode" ->
          Files.setPosixFilePermissions(second, PosixFilePermissions.fromString("rw-r--r--"));
      default -> {
        Files.delete(second);
        Files.createDirectory(second);
      }
    }
    for (int i = 0; i < 5; i++) {
      lookTwice(keys);
      assertSame(ring, keys.ring());
      assertEquals(1, said.size(), said.toString());
    }
    assertTrue(
        said.getFirst().startsWith("The ticket keys stay what they were: " + second),
        said::toString);
    ring.keys().forEach(key -> assertFalse(key.secret().isClosed()));
    Files.deleteIfExists(second);
    file("second", 2);
    lookTwice(keys);
    assertEquals(
        "The ticket key files can be used again and hold the keys that are in force",
        said.getLast());
    assertEquals(2, said.size());
  }

  @Test
  void saysEachNewTrouble() throws Exception {
    Path path = Keys.write(directory.resolve("keys"), Keys.lines(48, 1, 2, 3));
    TicketKeyFiles keys = open(KeyFileFormat.HAPROXY, path);
    Keys.write(path, Keys.lines(48, 1, 2, 3) + "?\n");
    lookTwice(keys);
    Keys.write(path, Keys.lines(48, 1, 2));
    lookTwice(keys);
    assertEquals(2, said.size());
    assertTrue(said.get(0).contains(", line 4, is no base64"), said.get(0));
    assertTrue(said.get(1).contains(" holds 2 keys"), said.get(1));
  }

  @Test
  void tellsOnceOfAKeyThatNobodyRotates() throws Exception {
    Path path = file("key", 1);
    Files.setLastModifiedTime(path, FileTime.from(clock.instant().minus(Duration.ofHours(11))));
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, path);
    lookTwice(keys);
    assertEquals(List.of(), said);
    clock.advance(Duration.ofHours(2));
    for (int i = 0; i < 3; i++) {
      lookTwice(keys);
      assertEquals(1, said.size());
    }
    assertEquals(
        "The ticket key "
            + sealing(keys).keyName()
            + " has been sealing for 13 hours, and whoever gets hold of it can open every ticket of"
            + " that time; put a new key into the files, or say with --rotate-every how often that"
            + " happens",
        said.getFirst());
    assertNotNull(keys.ring().issuing(clock.millis()), "it serves all the same");
    file("key", 2);
    lookTwice(keys);
    clock.advance(Duration.ofHours(13));
    keys.look();
    assertEquals(3, said.size(), said.toString());
  }

  @Test
  void wipesEverythingWhenClosed() throws Exception {
    TicketKeyFiles keys = open(KeyFileFormat.NGINX, file("a", 1), file("b", 2));
    List<Stek> before = keys.ring().keys();
    keys.close();
    assertTrue(keys.ring().keys().isEmpty());
    before.forEach(key -> assertTrue(key.secret().isClosed()));
    file("a", 3);
    lookTwice(keys);
    assertTrue(keys.ring().keys().isEmpty());
  }

  @Test
  void goesOnWatchingWhenTheListenerFails() throws Exception {
    Path path = file("key", 1);
    CountDownLatch failed = new CountDownLatch(1);
    CompletableFuture<KeyFileEvent> next = new CompletableFuture<>();
    try (TicketKeyFiles keys =
            new TicketKeyFiles(
                Keys.files(KeyFileFormat.NGINX, path),
                clock,
                Duration.ofHours(12),
                event -> {
                  if (failed.getCount() > 0) {
                    failed.countDown();
                    throw new IllegalStateException("The disk of the log is full");
                  }
                  next.complete(event);
                });
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor()) {
      var _ = keys.watch(scheduler, Duration.ofMillis(1));
      Files.delete(path);
      assertTrue(failed.await(20, TimeUnit.SECONDS));
      file("key", 2);
      assertNotNull(next.get(20, TimeUnit.SECONDS));
      scheduler.shutdownNow();
    }
  }

  /** As when a file lies on a disk that does not answer. */
  @Test
  void wipesItsKeysWhileALookIsHeldUp() throws Exception {
    Path path = file("key", 1);
    CountDownLatch heldUp = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TicketKeyFiles keys =
        new TicketKeyFiles(
            Keys.files(KeyFileFormat.NGINX, path),
            clock,
            Duration.ofHours(12),
            _ -> {
              heldUp.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Stek key = sealing(keys);
    Files.delete(path);
    Thread looking = Thread.ofVirtual().start(() -> lookTwice(keys));
    assertTrue(heldUp.await(20, TimeUnit.SECONDS));
    Thread closing = Thread.ofVirtual().start(keys::close);
    try {
      assertTrue(closing.join(Duration.ofSeconds(5)), "closing waits for the look");
      assertTrue(key.secret().isClosed());
    } finally {
      release.countDown();
      looking.join();
    }
    assertTrue(keys.ring().keys().isEmpty());
  }

  private static String changed(Stek sealing, int count) {
    return "The ticket key files have changed: "
        + sealing.keyName()
        + " seals tickets now, and "
        + (count == 1 ? "it alone" : "each of " + count)
        + " opens them";
  }
}
