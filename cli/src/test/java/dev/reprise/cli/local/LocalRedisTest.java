/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalRedisTest {
  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void bringsAnExecutableAlongWhereTheSystemHasNone() throws Exception {
    Path executable = RedisExecutable.find(directory.toString(), directory);
    assertEquals(directory.resolve("redis-server"), executable);
    Process version =
        new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
    String said = new String(version.getInputStream().readAllBytes(), US_ASCII);
    assertTrue(version.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, version.exitValue(), said);
    assertTrue(said.contains("Redis server v=6.2"), said);
  }

  @Test
  @DisabledIfSystemProperty(
      named = "reprise.peers",
      matches = "false",
      disabledReason = "other programs are left out")
  void isGoneWithItsDirectoryWhenItIsClosed() throws Exception {
    Path own = Files.createDirectory(directory.resolve("redis"));
    InetSocketAddress address;
    try (LocalRedis redis = LocalRedis.start(own)) {
      address = redis.address();
      assertEquals("+PONG\r\n", ask(address, "PING"));
    }
    assertThrows(IOException.class, () -> ask(address, "PING"));
    assertFalse(Files.exists(own));
  }

  @Test
  @DisabledIfSystemProperty(
      named = "reprise.peers",
      matches = "false",
      disabledReason = "other programs are left out")
  void comesBackWithoutWhatItHeld() throws Exception {
    Path own = Files.createDirectory(directory.resolve("redis"));
    try (LocalRedis redis = LocalRedis.start(own)) {
      assertEquals("+OK\r\n", ask(redis.address(), "SET a b"));
      redis.kill();
      assertThrows(IOException.class, () -> ask(redis.address(), "PING"));
      redis.startAgain();
      assertEquals("$-1\r\n", ask(redis.address(), "GET a"));
    }
  }

  @Test
  @DisabledIfSystemProperty(
      named = "reprise.peers",
      matches = "false",
      disabledReason = "other programs are left out")
  void isFurtherAwayOverADelay() throws Exception {
    Path own = Files.createDirectory(directory.resolve("redis"));
    try (LocalRedis redis = LocalRedis.start(own);
        DelayedStore delayed = new DelayedStore(redis.address(), Duration.ofMillis(50))) {
      long begun = System.nanoTime();
      assertEquals("+PONG\r\n", ask(delayed.address(), "PING"));
      assertTrue(System.nanoTime() - begun >= Duration.ofMillis(50).toNanos());
    }
  }

  @Test
  @DisabledIfSystemProperty(
      named = "reprise.peers",
      matches = "false",
      disabledReason = "other programs are left out")
  void leavesNothingBehindAlsoWhenItsShellIsTerminatedBefore() throws Exception {
    Path own = Files.createDirectory(directory.resolve("redis"));
    try (LocalRedis _ = LocalRedis.start(own)) {
      List<ProcessHandle> shells =
          ProcessHandle.current()
              .children()
              .filter(child -> child.info().commandLine().orElse("").contains(own.toString()))
              .toList();
      assertEquals(1, shells.size());
      assertTrue(shells.getFirst().destroy());
    }
    assertFalse(Files.exists(own));
  }

  private static String ask(InetSocketAddress address, String question) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write((question + "\r\n").getBytes(US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (!answer.toString().endsWith("\r\n")) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          throw new IOException("cut short: " + answer);
        }
        answer.append((char) next);
      }
      return answer.toString();
    }
  }
}
