/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.gateway.HttpReader.Response;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  @Test
  void isWell() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      Response response = HttpReader.get(gateway.adminAddress(), "/healthz");
      assertEquals(200, response.status());
      assertEquals("ok\n", response.body());
    }
  }

  @Test
  void countsWhatHappened() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      for (String protocol : new String[] {"TLSv1.3", "TLSv1.3", "TLSv1.2"}) {
        try (SSLSocket client = Peers.connect(gateway, protocol)) {
          new HttpReader(client).send(HttpReader.request("GET", "/connection"));
        }
      }
      Response response = HttpReader.get(gateway.adminAddress(), "/metrics");
      assertEquals(200, response.status());
      assertEquals(
          "text/plain; version=0.0.4; charset=utf-8", response.headers().get("content-type"));
      assertHas(
          response,
          "reprise_handshakes_total{handshake=\"full\",mechanism=\"none\",protocol=\"TLSv1.3\"}"
              + " 2.0");
      assertHas(
          response,
          "reprise_handshakes_total{handshake=\"full\",mechanism=\"none\",protocol=\"TLSv1.2\"}"
              + " 1.0");
      assertHas(response, "reprise_resumption_misses_total{reason=\"NOT_OFFERED\"} 3.0");
      assertHas(response, "reprise_handshake_seconds_count{handshake=\"full\"} 3");
      assertHas(response, "reprise_handshake_seconds_count{handshake=\"resumed\"} 0");
      assertHas(response, "reprise_connections_total 3.0");
      assertTrue(value(response, "reprise_bytes_total{direction=\"received\"}") > 1000);
      assertTrue(value(response, "reprise_bytes_total{direction=\"sent\"}") > 1000);
    }
  }

  @Test
  void givesEveryMetricTheProjectsName() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      HttpReader.get(gateway.adminAddress(), "/metrics")
          .body()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> assertTrue(line.startsWith("reprise_"), line));
    }
  }

  @Test
  void knowsNothingElse() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      assertEquals(404, HttpReader.get(gateway.adminAddress(), "/").status());
    }
  }

  @Test
  void isNotThereForOtherMachines() {
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> Peers.start(Peers.config().admin(new HostPort("0.0.0.0", 0))));
    assertEquals(
        "The admin address 0.0.0.0:0 can be reached from other machines; choose one of this"
            + " machine alone, such as 127.0.0.1:9443",
        refused.getMessage());
  }

  private static void assertHas(Response response, String line) {
    assertTrue(response.body().lines().anyMatch(line::equals), response.body());
  }

  private static double value(Response response, String name) {
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}
