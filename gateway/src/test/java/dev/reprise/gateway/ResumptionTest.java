/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of the JDK come back. */
class ResumptionTest {
  @ParameterizedTest
  @CsvSource({
    "SEALED, TLSv1.3, ticket",
    "SEALED, TLSv1.2, ticket",
    "STATEFUL, TLSv1.3, stateful-ticket",
    "STATEFUL, TLSv1.2, ticket",
    "NONE, TLSv1.3, stateful-ticket",
    "NONE, TLSv1.2, session-id"
  })
  void resumesAsItWasToldTo(SessionTickets tickets, String protocol, String mechanism)
      throws Exception {
    try (Gateway gateway = Peers.start(Peers.config().resumption(settings(tickets)))) {
      SSLContext client = Peers.context(null);
      assertEquals("full", connection(gateway, client, protocol).get("handshake").asString());
      for (int i = 0; i < 3; i++) {
        JsonNode resumed = connection(gateway, client, protocol);
        assertEquals("resumed", resumed.get("handshake").asString(), resumed.toString());
        assertEquals(mechanism, resumed.get("mechanism").asString());
        assertTrue(resumed.get("reason").isNull());
        assertEquals(mechanism.equals("ticket"), resumed.get("keyName").isString());
        assertTrue(resumed.get("sessionAgeSeconds").asLong() >= 0);
      }
      assertCounted(gateway, protocol, mechanism);
    }
  }

  @Test
  void knowsNothingOfTheSessionsOfAnotherGateway() throws Exception {
    SSLContext client = Peers.context(null);
    HostPort address = Peers.freePort();
    try (Gateway before = Peers.start(Peers.config().listen(address))) {
      connection(before, client, "TLSv1.3");
    }
    try (Gateway after = Peers.start(Peers.config().listen(address))) {
      JsonNode full = connection(after, client, "TLSv1.3");
      assertEquals("full", full.get("handshake").asString());
      assertEquals("UNKNOWN_KEY", full.get("reason").asString());
      assertTrue(full.get("keyName").isNull());
    }
  }

  private static ResumptionSettings settings(SessionTickets tickets) {
    return new ResumptionSettings(tickets, 1 << 20, Duration.ofHours(1), Duration.ofHours(2));
  }

  private static JsonNode connection(Gateway gateway, SSLContext context, String protocol)
      throws Exception {
    try (SSLSocket client =
        Peers.over(Peers.plain(gateway.address()), context, "server.example", protocol)) {
      HttpReader http = new HttpReader(client);
      return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
    }
  }

  private static void assertCounted(Gateway gateway, String protocol, String mechanism)
      throws Exception {
    String metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
    assertTrue(
        metrics.contains(
            "reprise_handshakes_total{handshake=\"resumed\",mechanism=\""
                + mechanism
                + "\",protocol=\""
                + protocol
                + "\"} 3.0"),
        metrics);
    assertTrue(
        metrics.contains("reprise_handshake_seconds_count{handshake=\"resumed\"} 3"), metrics);
    assertEquals(mechanism.equals("ticket"), metrics.contains("result=\"RESUMED\"} 3.0"));
    assertTrue(
        metrics.contains("reprise_resumption_misses_total{reason=\"UNKNOWN_KEY\"} 0.0"), metrics);
  }
}
