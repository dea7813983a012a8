/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class RealRedisTest {
  @Test
  void answersAndRefuses() {
    try (RealRedis redis = RealRedis.start("maxmemory 3mb")) {
      assertEquals("PONG", redis.ask("PING"));
      assertEquals("OK", redis.ask("SET", "key", new byte[] {0, '\r', '\n', -1}));
      assertArrayEquals(new byte[] {0, '\r', '\n', -1}, (byte[]) redis.ask("GET", "key"));
      assertEquals(null, redis.ask("GET", "other"));
      assertEquals("3145728", redis.info("memory", "maxmemory"));
      assertThrows(UncheckedIOException.class, () -> redis.ask("NO", "SUCH", "COMMAND"));
    }
  }

  @Test
  void keepsItsPortAndWhatItSavedWhenItIsStartedAgain() throws IOException {
    try (RealRedis redis = RealRedis.start()) {
      redis.ask("SET", "saved", "1");
      assertTrue(Files.size(redis.save()) > 0);
      redis.ask("SET", "lost", "1");
      int port = redis.port();
      redis.kill();
      assertThrows(UncheckedIOException.class, () -> redis.ask("PING"));
      redis.startAgain();
      assertEquals(port, redis.port());
      assertEquals("1", redis.askText("GET", "saved"));
      assertEquals(null, redis.ask("GET", "lost"));
    }
  }

  @Test
  void answersNothingWhilePausedAndAllOfItAfterwards() throws Exception {
    try (RealRedis redis = RealRedis.start()) {
      redis.pause();
      Await.until("it stands still", () -> state(redis.pid()).equals("T"));
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> redis.askText("PING"), Thread::startVirtualThread);
      assertFalse(answer.isDone());
      redis.resume();
      assertEquals("PONG", answer.join());
    }
  }

  @Test
  void aClusterSpreadsItsKeys() {
    try (RealCluster cluster = RealCluster.start(3)) {
      for (RealRedis master : cluster.masters()) {
        assertEquals("ok", master.askText("CLUSTER", "INFO").substring(14, 16));
      }
    }
  }

  @Test
  void aDetourDelaysLosesRecordsAndEnds() throws Exception {
    try (RealRedis redis = RealRedis.start();
        Detour detour = Detour.to(redis.port())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), detour.port());
      detour.record();
      try (RedisConversation conversation = RedisConversation.with(address)) {
        detour.delay(Duration.ofMillis(30));
        long start = System.nanoTime();
        assertEquals("PONG", conversation.say("PING"));
        assertTrue(System.nanoTime() - start >= 30_000_000);
        String passed = new String(detour.recording(), StandardCharsets.US_ASCII);
        assertEquals("*1\r\n$4\r\nPING\r\n+PONG\r\n", passed);
        detour.cut();
        assertThrows(IOException.class, () -> conversation.say("PING"));
      }
      try (Socket socket = new Socket(address.getAddress(), detour.port())) {
        detour.lose(true);
        socket.setSoTimeout(100);
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(IOException.class, () -> socket.getInputStream().read());
      }
    }
  }

  private static String state(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return line.substring(line.lastIndexOf(')') + 2).substring(0, 1);
  }
}
