/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.fleet.keyfiles.KeyFileFormat;
import dev.reprise.fleet.keyfiles.KeyFiles;
import dev.reprise.fleet.keyfiles.TicketKeyFiles;
import dev.reprise.jsse.RecordedStekSource;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.FlightRecordings;
import dev.reprise.testkit.SeededRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gateways that take their ticket keys from files. */
class TicketKeyFilesTest {
  private static final Duration PATIENCE = Duration.ofMillis(Peers.PATIENCE_MILLIS);

  @TempDir private Path directory;

  @Test
  void aGatewayStartedAnewResumesAndFollowsARotationWithoutARestart() throws Exception {
    Path current = write("current", 1, 80);
    Path old = write("old", 2, 80);
    KeyFiles files = new KeyFiles(KeyFileFormat.NGINX, List.of(current, old), false);
    SSLContext client = Peers.context(null);
    HostPort address = Peers.freePort();
    try (Gateway before = Peers.start(Peers.config().listen(address).ticketKeyFiles(files))) {
      assertEquals("full", connection(before, client).get("handshake").asString());
    }
    try (Gateway after = Peers.start(Peers.config().listen(address).ticketKeyFiles(files))) {
      JsonNode resumed = connection(after, client);
      assertEquals("resumed", resumed.get("handshake").asString(), resumed.toString());
      String first = resumed.get("keyName").asString();
      Files.move(current, old, StandardCopyOption.ATOMIC_MOVE);
      write("current", 3, 80);
      // The ticket of this connection may still be the old key's, and so the next one resumes.
      long end = System.nanoTime() + PATIENCE.toNanos();
      String name = first;
      while (name.equals(first)) {
        assertTrue(System.nanoTime() < end, "the rotation is not followed");
        JsonNode next = connection(after, client);
        assertEquals("resumed", next.get("handshake").asString(), next.toString());
        name = next.get("keyName").asString();
      }
    }
  }

  @Test
  void doesNotStartWithAFileThatCannotBeUsed() throws Exception {
    Path path = write("key", 1, 47);
    KeyFiles files = new KeyFiles(KeyFileFormat.HTTPD, List.of(path), false);
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class, () -> Peers.start(Peers.config().ticketKeyFiles(files)));
    assertEquals(
        "--ticket-keys: "
            + path
            + " has 47 bytes, but a ticket key of httpd has 48; make one with `reprise keys"
            + " generate --format httpd --out FILE`",
        refusal.getMessage());
  }

  @Test
  void recordsWhatAChangeOfTheFilesDoesToTheKeys() throws Exception {
    Path path = write("key", 4, 48);
    KeyFiles files = new KeyFiles(KeyFileFormat.HTTPD, List.of(path), false);
    FakeClock clock = FakeClock.create();
    try (TicketKeyFiles keys = new TicketKeyFiles(files, clock, PATIENCE, _ -> {})) {
      RecordedStekSource recorded = new RecordedStekSource(keys, clock);
      final String old = recorded.ring().keys().getFirst().keyName();
      write("key", 5, 48);
      // Times of files may be too coarse to tell two writes apart.
      Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
      keys.look();
      keys.look();
      List<RecordedEvent> events =
          FlightRecordings.ofThisThread("dev.reprise.KeyRotation", recorded::ring);
      String now = keys.ring().keys().getFirst().keyName();
      assertEquals(
          List.of("published " + now, "issuing " + now, "erased " + old),
          events.stream()
              .map(event -> event.getString("change") + " " + event.getString("keyName"))
              .toList());
      assertEquals("TicketKeyFiles", events.getFirst().getString("source"));
    }
  }

  private Path write(String name, long seed, int length) throws Exception {
    byte[] key = new byte[length];
    SeededRandom.of(seed).nextBytes(key);
    Path path = Files.write(directory.resolve(name), key);
    return Files.setPosixFilePermissions(
        path, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
  }

  private static JsonNode connection(Gateway gateway, SSLContext context) throws Exception {
    try (SSLSocket client =
        Peers.over(Peers.plain(gateway.address()), context, "server.example", "TLSv1.3")) {
      HttpReader http = new HttpReader(client);
      return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
    }
  }
}
