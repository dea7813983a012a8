/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Certificates are renewed under a gateway that runs. */
class CertificateWatchTest {
  private static final String CHANGED =
      "The certificates have changed: new connections are shown the new ones.";
  private static final TestIdentity FIRST = identity(0);
  private static final TestIdentity SECOND = identity(1);

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();

  private static TestIdentity identity(int day) {
    return TestCertificates.authority()
        .issue(
            LeafRequest.server(KeyKind.ECDSA_P256, "server.example")
                .valid(LeafRequest.NOT_BEFORE.plus(Duration.ofDays(day)), LeafRequest.NOT_AFTER));
  }

  private CertificateFiles write(TestIdentity identity) throws Exception {
    TestIdentity.PemFiles files = identity.writePem(directory, "server");
    return new CertificateFiles(
        List.of(new CertificateFiles.Pair(files.chain(), files.key())), null);
  }

  private GatewayConfig.Builder config(CertificateFiles files) throws Exception {
    return Peers.config().identities(files.identities()).certificateFiles(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void sessionsAndConnectionsOfBeforeOutliveARenewal(String protocol) throws Exception {
    try (Gateway gateway = Peers.start(config(write(FIRST)))) {
      SSLContext returning = Peers.context(null);
      try (SSLSocket inProgress = connect(gateway, returning, protocol)) {
        HttpReader http = new HttpReader(inProgress);
        assertEquals("full", connection(http).get("handshake").asString());
        write(SECOND);
        awaitShown(gateway, SECOND, protocol);
        assertEquals("full", connection(http).get("handshake").asString(), "still answered");
      }
      try (SSLSocket again = connect(gateway, returning, protocol)) {
        JsonNode resumed = connection(new HttpReader(again));
        assertEquals("resumed", resumed.get("handshake").asString(), resumed.toString());
      }
    }
  }

  @Test
  void whatCannotBeUsedChangesNothingAndIsToldOnce() throws Exception {
    CertificateFiles files = write(FIRST);
    Path key = files.pairs().getFirst().key();
    RunningSettings running = running(files);
    CertificateWatch watch = watch(files, running);
    looks(watch, 2);
    assertEquals(List.of(), said);
    String pem = Files.readString(key);
    SECOND.writePem(directory, "server");
    Files.writeString(key, pem);
    looks(watch, 4);
    assertEquals(
        List.of(
            "The certificates stay what they were: The key in "
                + key
                + " is not that of the first certificate in "
                + files.pairs().getFirst().certificates()
                + "; pair each certificate with its own key, the server's certificate first."),
        said);
    SECOND.writePem(directory, "server");
    looks(watch, 2);
    assertEquals(CHANGED, said.getLast());
    Files.delete(key);
    looks(watch, 3);
    assertEquals(
        "The certificates stay what they were: " + key + " does not exist; check the path.",
        said.getLast());
    SECOND.writePem(directory, "server");
    looks(watch, 3);
    assertEquals(
        "The certificate files can be used again and hold what is in force.", said.getLast());
    assertEquals(4, said.size(), said.toString());
  }

  @Test
  void seesAChangeFromBeforeItsFirstLook() throws Exception {
    CertificateFiles files = write(FIRST);
    CertificateWatch watch = watch(files, running(files));
    write(SECOND);
    looks(watch, 2);
    assertEquals(List.of(CHANGED), said);
  }

  @Test
  void otherAuthoritiesOfClientsVoidTheSessionsOfBefore() throws Exception {
    Path authorities = directory.resolve("ca.pem");
    X509Certificate first = TestCertificates.authority().certificate();
    X509Certificate second = TestCertificates.otherAuthority().certificate();
    Files.writeString(authorities, pem(first));
    CertificateFiles server = write(FIRST);
    CertificateFiles files = new CertificateFiles(server.pairs(), authorities);
    GatewayConfig.Builder config =
        config(files)
            .clientCertificates(new ClientCertificates(ClientAuthentication.WANT, List.of(first)));
    try (Gateway gateway = Peers.start(config)) {
      SSLContext client = Peers.context(TestCertificates.client(KeyKind.ECDSA_P256));
      assertEquals("full", connection(gateway, client).get("handshake").asString());
      assertEquals("resumed", connection(gateway, client).get("handshake").asString());
      Files.writeString(authorities, pem(first) + pem(second));
      long end = System.nanoTime() + Peers.PATIENCE_MILLIS * 1_000_000L;
      JsonNode next = connection(gateway, client);
      while (!next.get("handshake").asString().equals("full")) {
        assertTrue(System.nanoTime() < end, "the authorities are not followed");
        next = connection(gateway, client);
      }
      assertEquals("SCOPE_MISMATCH", next.get("reason").asString());
    }
  }

  private GatewayConfig read(CertificateFiles files) throws Exception {
    return config(files).build();
  }

  private RunningSettings running(CertificateFiles files) throws Exception {
    GatewayConfig config = read(files);
    return RunningSettings.of(
        config, config.identities(), config.resumption(), InstantSource.system());
  }

  private CertificateWatch watch(CertificateFiles files, RunningSettings running) throws Exception {
    return new CertificateWatch(files, read(files), running, new KeptLog(said));
  }

  private static void looks(CertificateWatch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  private static void awaitShown(Gateway gateway, TestIdentity identity, String protocol)
      throws Exception {
    long end = System.nanoTime() + Peers.PATIENCE_MILLIS * 1_000_000L;
    Certificate shown = null;
    while (!identity.certificate().equals(shown)) {
      assertTrue(System.nanoTime() < end, "the renewal is not followed");
      try (SSLSocket client = connect(gateway, Peers.context(null), protocol)) {
        shown = client.getSession().getPeerCertificates()[0];
      }
    }
    assertNotEquals(FIRST.certificate(), shown);
  }

  private static SSLSocket connect(Gateway gateway, SSLContext context, String protocol)
      throws Exception {
    SSLSocket socket =
        Peers.over(Peers.plain(gateway.address()), context, "server.example", protocol);
    socket.startHandshake();
    return socket;
  }

  private static JsonNode connection(Gateway gateway, SSLContext context) throws Exception {
    try (SSLSocket client = connect(gateway, context, "TLSv1.3")) {
      return connection(new HttpReader(client));
    }
  }

  private static JsonNode connection(HttpReader http) throws Exception {
    return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + java.util.Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
