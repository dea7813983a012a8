/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What is told and counted, whatever the TLS implementation says of a handshake. */
class ResumedConnectionTest {
  @Test
  void tellsAndCountsAResumption() throws Exception {
    try (Gateway gateway =
            reporting(session ->
                HandshakeReport.resumed(
                    session.getProtocol(),
                    session.getCipherSuite(),
                    "ticket",
                    "0123456789abcdef",
                    12,
                    "ab12",
                    Origin.ELSEWHERE));
        SSLSocket client = Peers.connect(gateway, "TLSv1.3")) {
      assertEquals(
          "{\"protocol\":\"TLSv1.3\",\"cipherSuite\":\""
              + client.getSession().getCipherSuite()
              + "\",\"handshake\":\"resumed\",\"mechanism\":\"ticket\",\"reason\":null,"
              + "\"keyName\":\"0123456789abcdef\",\"sessionAgeSeconds\":12,\"session\":\"ab12\",\"node\":\""
              + gateway.address()
              + "\"}\n",
          new HttpReader(client).send(HttpReader.request("GET", "/connection")).body());
      String metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
      assertHas(
          metrics,
          "reprise_handshakes_total{handshake=\"resumed\",mechanism=\"ticket\",protocol=\"TLSv1.3\"}"
              + " 1.0");
      assertHas(
          metrics, "reprise_tickets_total{key_name=\"0123456789abcdef\",result=\"RESUMED\"} 1.0");
      assertHas(metrics, "reprise_handshake_seconds_count{handshake=\"resumed\"} 1");
      assertHas(metrics, "reprise_resumptions_total{made=\"elsewhere\"} 1.0");
      assertHas(metrics, "reprise_resumptions_total{made=\"here\"} 0.0");
    }
  }

  @Test
  void tellsAndCountsAMissWithItsKey() throws Exception {
    try (Gateway gateway =
            reporting(session ->
                HandshakeReport.full(
                    session.getProtocol(),
                    session.getCipherSuite(),
                    "TICKET_EXPIRED",
                    "0123456789abcdef",
                    "ab12"));
        SSLSocket client = Peers.connect(gateway)) {
      String body = new HttpReader(client).send(HttpReader.request("GET", "/connection")).body();
      assertTrue(body.contains("\"reason\":\"TICKET_EXPIRED\""), body);
      assertTrue(body.contains("\"keyName\":\"0123456789abcdef\""), body);
      String metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
      assertHas(metrics, "reprise_resumption_misses_total{reason=\"TICKET_EXPIRED\"} 1.0");
      assertHas(
          metrics,
          "reprise_tickets_total{key_name=\"0123456789abcdef\",result=\"TICKET_EXPIRED\"} 1.0");
    }
  }

  private static Gateway reporting(Function<SSLSession, HandshakeReport> reports) throws Exception {
    GatewayConfig config = Peers.config().build();
    InstantSource clock = InstantSource.system();
    TlsTermination tls =
        new RepriseTls(
            config,
            RunningSettings.of(config, config.identities(), config.resumption(), clock),
            OwnMemory.of(config, clock),
            _ -> {});
    return Gateway.start(config, new Reporting(tls, reports));
  }

  private record Reporting(TlsTermination tls, Function<SSLSession, HandshakeReport> reports)
      implements TlsTermination {
    @Override
    public SSLEngine newEngine() {
      return tls.newEngine();
    }

    @Override
    public HandshakeReport report(SSLSession session, Duration handshake) {
      return reports.apply(session);
    }

    @Override
    public void tidy() {
      tls.tidy();
    }

    @Override
    public void close() {
      tls.close();
    }
  }

  private static void assertHas(String metrics, String line) {
    assertTrue(metrics.lines().anyMatch(line::equals), metrics);
  }
}
