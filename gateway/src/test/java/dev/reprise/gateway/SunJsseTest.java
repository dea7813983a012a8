/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same gateway with the JDK's TLS. */
class SunJsseTest {
  private static GatewayConfig.Builder config() {
    return Peers.config().provider(TlsProvider.SUN_JSSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void tellsAFullHandshakeFromAResumption(String protocol) throws Exception {
    try (Gateway gateway = Peers.start(config().node("sun-1"))) {
      SSLContext client = Peers.context(null);
      JsonNode first = connection(gateway, client, protocol);
      assertEquals("full", first.get("handshake").asString());
      assertTrue(first.get("reason").isNull());
      assertEquals("sun-1", first.get("node").asString());
      for (int i = 0; i < 3; i++) {
        JsonNode next = connection(gateway, client, protocol);
        assertEquals("resumed", next.get("handshake").asString(), next::toString);
        assertEquals("untold", next.get("mechanism").asString());
        assertTrue(next.get("sessionAgeSeconds").asLong() >= 0);
      }
      List<String> metrics =
          HttpReader.get(gateway.adminAddress(), "/metrics").body().lines().toList();
      assertTrue(
          metrics.contains(
              "reprise_handshakes_total{handshake=\"resumed\",mechanism=\"untold\",protocol=\""
                  + protocol
                  + "\"} 3.0"),
          metrics::toString);
      assertTrue(metrics.contains("reprise_resumptions_total{made=\"here\"} 3.0"));
    }
  }

  @Test
  void resumesNothingThatAnotherNodeHasMade() throws Exception {
    SSLContext client = Peers.context(null);
    HostPort address = Peers.freePort();
    try (Gateway one = Peers.start(config().listen(address))) {
      connection(one, client, "TLSv1.3");
    }
    try (Gateway other = Peers.start(config().listen(address))) {
      assertEquals("full", connection(other, client, "TLSv1.3").get("handshake").asString());
    }
  }

  @Test
  void asksForClientCertificatesAsItIsTold() throws Exception {
    ClientCertificates needed =
        new ClientCertificates(
            ClientAuthentication.NEED, List.of(TestCertificates.authority().certificate()));
    try (Gateway gateway = Peers.start(config().clientCertificates(needed))) {
      SSLContext known = Peers.context(TestCertificates.client(KeyKind.ECDSA_P256));
      assertEquals("full", connection(gateway, known, "TLSv1.2").get("handshake").asString());
      SSLContext unknown = Peers.context(null);
      assertThrows(IOException.class, () -> connection(gateway, unknown, "TLSv1.2"));
    }
  }

  private static JsonNode connection(Gateway gateway, SSLContext client, String protocol)
      throws Exception {
    try (SSLSocket socket =
        Peers.over(
            Peers.plain(gateway.address()), client, TestCertificates.SERVER_NAME, protocol)) {
      HttpReader http = new HttpReader(socket);
      return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
    }
  }
}
