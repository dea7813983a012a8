/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.fleet.FleetKeyFile;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.jsse.Reprise;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.redis.RealRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gateways that are nodes of one fleet. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "other programs are left out")
class FleetTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;
  private Path key;
  private Path token;

  @BeforeEach
  void writeSecrets() throws Exception {
    key = secret("fleet.key", FleetKeyFile.newLine(new SecureRandom()));
    token = secret("token", TOKEN);
  }

  private Path secret(String name, String line) throws Exception {
    Path file = Files.writeString(directory.resolve(name), line + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Gateway node(String url, String name, SessionTickets tickets) throws Exception {
    ResumptionSettings times = ResumptionSettings.DEFAULT;
    FleetSettings settings =
        new FleetSettings(
            RedisAddress.parse(url),
            FleetSettings.DEFAULT_NAME,
            name,
            times.rotateEvery(),
            times.ticketLifetime(),
            Duration.ofSeconds(5));
    return Peers.start(
        Peers.config()
            .resumption(
                new ResumptionSettings(
                    tickets, times.storeBytes(), times.rotateEvery(), times.ticketLifetime()))
            .adminSettings(new AdminSettings(false, AdminToken.read(token, false)))
            .fleet(new FleetPlace(settings, key, false))
            .node(name));
  }

  @ParameterizedTest
  @CsvSource({"SEALED, TLSv1.3, ticket", "SEALED, TLSv1.2, ticket"})
  void resumesOnOneNodeWhatAnotherHasMade(SessionTickets tickets, String protocol, String mechanism)
      throws Exception {
    try (RealRedis redis = RealRedis.start();
        Gateway one = node(redis.url(), "one", tickets);
        Gateway other = node(redis.url(), "other", tickets)) {
      awaitFleet(one, other);
      SSLContext client = client();
      assertEquals("full", visit(one, client, protocol).get("handshake").asString());
      JsonNode back = visit(other, client, protocol);
      assertEquals("resumed", back.get("handshake").asString(), back::toString);
      assertEquals(mechanism, back.get("mechanism").asString());
      assertEquals("other", back.get("node").asString());
      assertCounted(other, "reprise_resumptions_total{made=\"elsewhere\"} 1.0");
      assertEquals("one", visit(one, client, protocol).get("node").asString());
      assertCounted(one, "reprise_resumptions_total{made=\"here\"} 1.0");
    }
  }

  @Test
  void startsAndServesWhileRedisIsAwayAndJoinsWhenItIsBack() throws Exception {
    try (RealRedis redis = RealRedis.start()) {
      redis.stop();
      try (Gateway node = node(redis.url(), "one", SessionTickets.SEALED)) {
        assertEquals("full", visit(node, client(), "TLSv1.3").get("handshake").asString());
        assertCounted(node, "reprise_fleet_reachable 0.0");
        redis.startAgain();
        Await.until("it has joined", () -> counted(node, "reprise_fleet_reachable 1.0"));
      }
    }
  }

  @Test
  void whatIsRevokedOnOneNodeIsRefusedOnAnother() throws Exception {
    try (RealRedis redis = RealRedis.start();
        Gateway one = node(redis.url(), "one", SessionTickets.SEALED);
        Gateway other = node(redis.url(), "other", SessionTickets.SEALED)) {
      awaitFleet(one, other);
      SSLContext client = client();
      String session = visit(one, client, "TLSv1.3").get("session").asString();
      revoke(one, "{\"session\":\"" + session + "\"}");
      Await.until(
          "the other node has heard",
          () -> HttpReader.get(other.adminAddress(), "/revocations").body().contains(session));
      JsonNode back = visit(other, client, "TLSv1.3");
      assertEquals("REVOKED", back.get("reason").asString(), back::toString);
      for (Gateway node : List.of(one, other)) {
        // Other nodes' sessions may live for longer than this one's settings say.
        Duration span = spanOfRevocation(node);
        assertTrue(span.compareTo(Duration.ofDays(7)) >= 0, span::toString);
      }
    }
  }

  @Test
  void tellsHowItStandsInItsFleetAndHowTheStoreDoes() throws Exception {
    try (RealRedis redis = RealRedis.start();
        Gateway one = node(redis.url(), "one", SessionTickets.NONE);
        Gateway other = node(redis.url(), "other", SessionTickets.NONE)) {
      awaitFleet(one, other);
      SSLContext client = client();
      visit(one, client, "TLSv1.2");
      visit(other, client, "TLSv1.2");
      for (String line :
          List.of(
              "reprise_fleet_reachable 1.0",
              "reprise_fleet_stranger 0.0",
              "reprise_fleet_records_unauthentic 0.0",
              "reprise_fleet_revocations_current 1.0",
              "reprise_fleet_clock_alarms_total 0.0",
              "reprise_store_lookups_total{result=\"hit\"} 1.0",
              "reprise_store_failures_total{outcome=\"late\"} 0.0",
              "reprise_store_breaker{state=\"closed\"} 1.0",
              "reprise_store_breaker{state=\"open\"} 0.0")) {
        assertCounted(other, line);
      }
      for (String name :
          List.of(
              "reprise_fleet_poll_age_seconds",
              "reprise_fleet_clock_offset_seconds",
              "reprise_fleet_keys_held",
              "reprise_fleet_generation",
              "reprise_store_answers_seconds_count",
              "reprise_store_unauthentic_total",
              "reprise_store_local_total")) {
        assertTrue(metrics(one).stream().anyMatch(line -> line.startsWith(name + " ")), name);
      }
    }
  }

  private static Duration spanOfRevocation(Gateway node) throws Exception {
    JsonNode revoked =
        new JsonMapper()
            .readTree(HttpReader.get(node.adminAddress(), "/revocations").body())
            .get("latest")
            .get(0);
    return Duration.between(
        Instant.parse(revoked.get("revokedAt").asString()),
        Instant.parse(revoked.get("until").asString()));
  }

  private static void revoke(Gateway gateway, String body) throws Exception {
    try (var socket = Peers.plain(gateway.adminAddress())) {
      String request =
          "POST /revocations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + TOKEN
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      assertEquals(200, new HttpReader(socket).send(request).status());
    }
  }

  private static void awaitFleet(Gateway... nodes) throws Exception {
    for (Gateway node : nodes) {
      Await.until(
          "all know each other and have the keys",
          () ->
              counted(node, "reprise_fleet_nodes_live " + nodes.length + ".0")
                  && !counted(node, "reprise_fleet_keys_held 0.0"));
    }
  }

  private static void assertCounted(Gateway gateway, String line) throws Exception {
    List<String> metrics = metrics(gateway);
    assertTrue(metrics.contains(line), metrics::toString);
  }

  private static boolean counted(Gateway gateway, String line) throws Exception {
    return metrics(gateway).contains(line);
  }

  private static List<String> metrics(Gateway gateway) throws Exception {
    return HttpReader.get(gateway.adminAddress(), "/metrics").body().lines().toList();
  }

  private static SSLContext client() {
    return Reprise.client()
        .trustManager((X509TrustManager) TestCertificates.trustManagers()[0])
        .build();
  }

  private static JsonNode visit(Gateway gateway, SSLContext client, String protocol)
      throws Exception {
    // A client finds a session by host and port: all nodes shall be one server to it.
    try (SSLSocket socket =
        (SSLSocket)
            client
                .getSocketFactory()
                .createSocket(
                    Peers.plain(gateway.address()), TestCertificates.SERVER_NAME, 443, true)) {
      socket.setEnabledProtocols(new String[] {protocol});
      HttpReader http = new HttpReader(socket);
      return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
    }
  }
}
