/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFrontendTest {
  @ParameterizedTest
  @CsvSource({
    "a.example, a.example",
    "A.Example, a.example",
    "b.example, b.example",
    "x.wild.example, *.wild.example",
    "x.y.wild.example, a.example",
    "wild.example, a.example",
    "stranger.example, a.example"
  })
  void showsTheCertificateThatHasTheNameAskedFor(String asked, String shown) throws Exception {
    List<ServerIdentity> identities =
        List.of(
            SelfSigned.ecdsa("a.example"),
            SelfSigned.ecdsa("b.example"),
            SelfSigned.ecdsa("*.wild.example"));
    try (Gateway gateway = Peers.start(Peers.config().identities(identities))) {
      try (SSLSocket client =
          Peers.over(Peers.plain(gateway.address()), SelfSigned.gullibleClient(), asked)) {
        client.startHandshake();
        X509Certificate certificate =
            (X509Certificate) client.getSession().getPeerCertificates()[0];
        assertEquals("CN=" + shown, certificate.getSubjectX500Principal().getName());
      }
    }
  }

  @Test
  void endsTheHandshakeOfASilentClient() throws Exception {
    try (Gateway gateway =
            Peers.start(
                Peers.config().timeouts(Timeouts.DEFAULT.withHandshake(Duration.ofMillis(200))));
        Socket silent = Peers.plain(gateway.address())) {
      silent.getInputStream().readAllBytes();
      assertCounted(gateway, "reprise_handshakes_failed_total{alert=\"timeout\"} 1.0");
    }
  }

  @Test
  void endsTheHandshakeOfAClientThatDripsItsHello() throws Exception {
    try (Gateway gateway =
            Peers.start(
                Peers.config().timeouts(Timeouts.DEFAULT.withHandshake(Duration.ofMillis(300))));
        Socket dripping = Peers.plain(gateway.address())) {
      dripping.setSoTimeout(50);
      // It would go on for 12 s, however late the gateway begins to count.
      byte[] hello = Arrays.copyOf(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xfc, 3, 3}, 250);
      assertThrows(IOException.class, () -> drip(dripping, hello));
      assertCounted(gateway, "reprise_handshakes_failed_total{alert=\"timeout\"} 1.0");
    }
  }

  @Test
  void closesOnAClientThatSpeaksNoTls() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config());
        Socket plain = Peers.plain(gateway.address())) {
      plain
          .getOutputStream()
          .write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      plain.getInputStream().readAllBytes();
      assertCounted(gateway, "reprise_handshakes_failed_total{alert=\"not_tls\"} 1.0");
    }
  }

  @Test
  void countsAClientThatGoesAway() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      try (Socket plain = Peers.plain(gateway.address())) {
        plain.getOutputStream().write(new byte[] {22, 3, 1});
        plain.shutdownOutput();
        plain.getInputStream().readAllBytes();
      }
      assertCounted(gateway, "reprise_handshakes_failed_total{alert=\"closed\"} 1.0");
    }
  }

  @Test
  void speaksOnlyTheVersionsItWasGiven() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config().protocols(List.of("TLSv1.2")))) {
      try (SSLSocket client = Peers.connect(gateway)) {
        assertEquals("TLSv1.2", client.getSession().getProtocol());
      }
      assertThrows(SSLException.class, () -> Peers.connect(gateway, "TLSv1.3"));
      assertCounted(gateway, "reprise_handshakes_failed_total{alert=\"protocol_version\"} 1.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void servesAClientThatShowsItsCertificate(String protocol) throws Exception {
    try (Gateway gateway = demanding(ClientAuthentication.NEED)) {
      TestIdentity identity = TestCertificates.client(KeyKind.ECDSA_P256);
      try (SSLSocket client = shaking(gateway, identity, protocol)) {
        assertEquals(200, new HttpReader(client).send(HttpReader.request("GET", "/")).status());
      }
    }
  }

  /** Although the client has said much by the time the gateway refuses it (TLS 1.3). */
  @Test
  void letsARefusedClientReadTheAlert() throws Exception {
    try (Gateway gateway = demanding(ClientAuthentication.NEED);
        SSLSocket client = shaking(gateway, null, "TLSv1.3")) {
      SSLException refused =
          assertThrows(
              SSLException.class,
              () -> {
                client.getOutputStream().write(new byte[16 << 10]);
                client.getInputStream().readAllBytes();
              });
      // The JDK sends bad_certificate here; RFC 8446 has certificate_required.
      assertTrue(String.valueOf(refused.getMessage()).contains("alert"), refused.toString());
      String metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
      assertTrue(metrics.contains("reprise_handshakes_failed_total{alert="), metrics);
    }
  }

  @Test
  void servesAClientWithoutCertificateWhereOneIsOnlyWanted() throws Exception {
    try (Gateway gateway = demanding(ClientAuthentication.WANT);
        SSLSocket client = shaking(gateway, null, "TLSv1.3")) {
      assertEquals(200, new HttpReader(client).send(HttpReader.request("GET", "/")).status());
    }
  }

  @Test
  void refusesAClientOfAnotherAuthority() throws Exception {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(LeafRequest.client(KeyKind.ECDSA_P256, "client.example"));
    try (Gateway gateway = demanding(ClientAuthentication.WANT)) {
      assertThrows(SSLException.class, () -> shaking(gateway, stranger, "TLSv1.2").close());
      assertCounted(gateway, "reprise_handshakes_failed_total{alert=\"certificate_unknown\"} 1.0");
    }
  }

  @Test
  void closesAnIdleConnectionInGoodOrder() throws Exception {
    try (TestBackend backend =
            TestBackend.start(connection -> connection.getInputStream().readAllBytes());
        Gateway gateway =
            Peers.start(
                Peers.config()
                    .backend(backend.address())
                    .timeouts(Timeouts.DEFAULT.withIdle(Duration.ofMillis(300))));
        SSLSocket client = Peers.connect(gateway)) {
      assertEquals(-1, client.getInputStream().read());
      assertEquals(0, ((byte[]) backend.outcome()).length);
    }
  }

  private static void drip(Socket socket, byte[] bytes) throws IOException {
    for (byte each : bytes) {
      socket.getOutputStream().write(each);
      try {
        if (socket.getInputStream().read() < 0) {
          throw new IOException("closed");
        }
      } catch (java.net.SocketTimeoutException _) {
        // Nothing yet: the next drop.
      }
    }
  }

  private static Gateway demanding(ClientAuthentication mode) throws Exception {
    return Peers.start(
        Peers.config()
            .clientCertificates(
                new ClientCertificates(mode, List.of(TestCertificates.authority().certificate()))));
  }

  private static SSLSocket shaking(
      Gateway gateway, @Nullable TestIdentity identity, String protocol) throws Exception {
    SSLSocket client =
        Peers.over(
            Peers.plain(gateway.address()), Peers.context(identity), "server.example", protocol);
    client.startHandshake();
    return client;
  }

  /** The client may have heard of it before it is counted. */
  private static void assertCounted(Gateway gateway, String line) throws IOException {
    String metrics = "";
    long until = System.nanoTime() + Peers.PATIENCE_MILLIS * 1_000_000L;
    while (!metrics.contains(line) && System.nanoTime() < until) {
      metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
    }
    assertTrue(metrics.contains(line), metrics);
  }
}
