/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.gateway.ClientCertificates;
import dev.reprise.gateway.Gateway;
import dev.reprise.gateway.GatewayConfig;
import dev.reprise.gateway.HostPort;
import dev.reprise.gateway.ResumptionSettings;
import dev.reprise.gateway.SessionTickets;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway, and the programs that people try it with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class GatewayPeersTest {
  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

  private static final String REQUEST =
      "GET /connection HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private final Map<SessionTickets, Gateway> gateways = new EnumMap<>(SessionTickets.class);
  private Gateway demanding;

  @BeforeAll
  void start() throws Exception {
    for (SessionTickets tickets : SessionTickets.values()) {
      gateways.put(tickets, Gateway.start(config(tickets).build()));
    }
    demanding =
        Gateway.start(
            config(SessionTickets.SEALED)
                .clientCertificates(
                    new ClientCertificates(
                        ClientAuthentication.NEED, List.of(TestCertificates.authority().root())))
                .build());
  }

  @AfterAll
  void stop() {
    gateways.values().forEach(Gateway::close);
    demanding.close();
  }

  @ParameterizedTest
  @EnumSource
  void isReusedFiveTimesByOpensslInTls12(SessionTickets tickets) throws Exception {
    List<String> output = sClient(gateway(tickets), "", "-tls1_2", "-reconnect");
    assertEquals(5, count("Reused, TLSv1.2", output), output::toString);
  }

  @ParameterizedTest
  @EnumSource
  void isReusedFiveTimesByOpensslWithoutTickets(SessionTickets tickets) throws Exception {
    List<String> output = sClient(gateway(tickets), "", "-tls1_2", "-reconnect", "-no_ticket");
    assertEquals(5, count("Reused, TLSv1.2", output), output::toString);
  }

  /**
   * The first key share is of a group that the gateway does not have, where {@code groups} says.
   */
  @ParameterizedTest
  @CsvSource({
    "SEALED, X25519, ticket",
    "SEALED, X448:X25519, ticket",
    "STATEFUL, X25519, stateful-ticket",
    "STATEFUL, X448:P-384, stateful-ticket",
    "NONE, X25519, stateful-ticket",
  })
  void isReusedByOpensslInTls13(
      SessionTickets tickets, String groups, String mechanism, @TempDir Path directory)
      throws Exception {
    Gateway gateway = gateway(tickets);
    String file = directory.resolve("session.pem").toString();
    List<String> full =
        sClient(gateway, REQUEST, "-tls1_3", "-ign_eof", "-groups", groups, "-sess_out", file);
    assertEquals(1, count("New, TLSv1.3", full), full::toString);
    List<String> resumed =
        sClient(gateway, REQUEST, "-tls1_3", "-ign_eof", "-groups", groups, "-sess_in", file);
    assertEquals(1, count("Reused, TLSv1.3", resumed), resumed::toString);
    assertEquals(1, count("\"mechanism\":\"" + mechanism + "\"", resumed), resumed::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "SEALED, NORMAL", "SEALED, NORMAL:-VERS-TLS1.3",
    "STATEFUL, NORMAL", "STATEFUL, NORMAL:-VERS-TLS1.3",
    "NONE, NORMAL", "NONE, NORMAL:-VERS-TLS1.3",
  })
  void isResumedByGnutls(SessionTickets tickets, String priority) throws Exception {
    List<String> output =
        Program.output(
            "",
            List.of(
                "gnutls-cli",
                "--resume",
                "--waitresumption",
                "--insecure",
                "--priority",
                priority,
                "-p",
                String.valueOf(gateway(tickets).address().port()),
                "127.0.0.1"));
    assertEquals(1, count("This is a resumed session", output), output::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "SEALED, 1.3",
    "SEALED, 1.2",
    "STATEFUL, 1.3",
    "STATEFUL, 1.2",
    "NONE, 1.3",
    "NONE, 1.2"
  })
  void isResumedByCurl(SessionTickets tickets, String version) throws Exception {
    assertFullThenResumed(curl(gateway(tickets), "--tls-max", version), version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.2"})
  void isResumedByCurlWithACertificate(String version, @TempDir Path directory) throws Exception {
    TestIdentity.PemFiles client =
        TestCertificates.client(KeyKind.ECDSA_P256).writePem(directory, "client");
    List<String> output =
        curl(
            demanding,
            "--tls-max",
            version,
            "--cert",
            client.chain().toString(),
            "--key",
            client.key().toString());
    assertFullThenResumed(output, version);
  }

  @Test
  void refusesCurlWithoutTheCertificate() throws Exception {
    assertEquals(List.of(), curl(demanding));
  }

  private Gateway gateway(SessionTickets tickets) {
    return Objects.requireNonNull(gateways.get(tickets));
  }

  private static void assertFullThenResumed(List<String> output, String version) {
    assertEquals(2, output.size(), output::toString);
    assertEquals(2, count("\"protocol\":\"TLSv" + version + "\"", output), output::toString);
    assertTrue(output.getFirst().contains("\"handshake\":\"full\""), output::toString);
    assertTrue(output.getLast().contains("\"handshake\":\"resumed\""), output::toString);
  }

  private static List<String> sClient(Gateway gateway, String input, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
    command.add(gateway.address().toString());
    command.addAll(List.of(options));
    return Program.output(input, command);
  }

  private static List<String> curl(Gateway gateway, String... options) throws IOException {
    String address = "https://" + gateway.address() + "/connection";
    List<String> command =
        new ArrayList<>(List.of("curl", "-sk", "-H", "Connection: close", address, address));
    command.addAll(List.of(options));
    return Program.output("", command);
  }

  private static long count(String text, List<String> lines) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }

  private static GatewayConfig.Builder config(SessionTickets tickets) {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    ResumptionSettings settings = ResumptionSettings.DEFAULT;
    return GatewayConfig.builder()
        .listen(ANY_PORT)
        .admin(ANY_PORT)
        .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
        .resumption(
            new ResumptionSettings(
                tickets, settings.storeBytes(), settings.rotateEvery(), settings.ticketLifetime()));
  }
}
