/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.gateway.HttpReader.Response;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator revokes what clients of the JDK come back with. */
class RevocationsPageTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final TestIdentity CLIENT = TestCertificates.client(KeyKind.ECDSA_P256);
  private static final String ID = "0a".repeat(32);

  @TempDir private Path directory;

  private GatewayConfig.Builder config() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Peers.config().adminSettings(new AdminSettings(false, AdminToken.read(file, false)));
  }

  @ParameterizedTest
  @CsvSource({
    "SEALED, TLSv1.3",
    "SEALED, TLSv1.2",
    "STATEFUL, TLSv1.3",
    "NONE, TLSv1.2",
  })
  void endsOneSessionOrThoseOfACertificateOrAllOfBefore(SessionTickets tickets, String protocol)
      throws Exception {
    GatewayConfig.Builder config =
        config()
            .clientCertificates(
                new ClientCertificates(
                    ClientAuthentication.NEED, List.of(TestCertificates.authority().certificate())))
            .resumption(
                new ResumptionSettings(tickets, 1 << 20, Duration.ofHours(1), Duration.ofHours(2)));
    try (Gateway gateway = Peers.start(config)) {
      SSLContext client = Peers.context(CLIENT);
      String session = connection(gateway, client, protocol).get("session").asString();
      JsonNode resumed = connection(gateway, client, protocol);
      assertEquals("resumed", resumed.get("handshake").asString(), resumed.toString());
      assertEquals(session, resumed.get("session").asString());
      assertEquals(200, post(gateway, "{\"session\":\"" + session + "\"}").status());
      assertRevoked(connection(gateway, client, protocol));
      Instant now = Instant.now().plusMillis(1);
      assertEquals(200, post(gateway, "{\"before\":\"" + now + "\"}").status());
      assertRevoked(connection(gateway, client, protocol));
      assertEquals(200, post(gateway, "{\"certificate\":\"" + fingerprint() + "\"}").status());
      assertRevoked(connection(gateway, client, protocol));
      assertTrue(
          HttpReader.get(gateway.adminAddress(), "/metrics")
              .body()
              .contains("reprise_resumption_misses_total{reason=\"REVOKED\"} 3.0"));
    }
  }

  @Test
  void tellsWhatIsRevoked() throws Exception {
    try (Gateway gateway = Peers.start(config())) {
      assertEquals(
          "{\"before\":null,\"entries\":0,\"latest\":[]}\n",
          HttpReader.get(gateway.adminAddress(), "/revocations").body());
      assertEquals(
          "{\"revoked\":\"session\",\"session\":\"" + ID + "\"}\n",
          post(gateway, "{\"session\":\"" + ID + "\"}").body());
      post(gateway, "{\"before\":\"2020-01-01T00:00:00Z\"}");
      Response list = HttpReader.get(gateway.adminAddress(), "/revocations");
      assertEquals("application/json", list.headers().get("content-type"));
      JsonNode json = new JsonMapper().readTree(list.body());
      assertEquals("2020-01-01T00:00:00Z", json.get("before").asString());
      assertEquals(1, json.get("entries").asInt());
      JsonNode entry = json.get("latest").get(0);
      assertEquals(ID, entry.get("session").asString());
      Instant revokedAt = Instant.parse(entry.get("revokedAt").asString());
      assertEquals(
          Duration.ofHours(24).plusSeconds(5),
          Duration.between(revokedAt, Instant.parse(entry.get("until").asString())));
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstandWithOneSentence() throws Exception {
    try (Gateway gateway = Peers.start(config())) {
      String expected =
          "Send one of {\"session\":\"64 hex digits\"}, {\"certificate\":\"64 hex digits\"} and"
              + " {\"before\":\"2026-01-31T12:00:00Z\"}.\n";
      for (String body :
          List.of(
              "",
              "{}",
              "[]",
              "null",
              "nonsense",
              "{\"session\":1}",
              "{\"session\":null}",
              "{\"other\":\"" + ID + "\"}",
              "{\"session\":\"" + ID + "\",\"before\":\"2020-01-01T00:00:00Z\"}",
              "{\"session\":\"" + ID + "\",\"session\":\"" + ID + "\"}",
              "{\"session\":\"" + ID + "\"} {}",
              "[".repeat(4096))) {
        assertRefused(400, expected, post(gateway, body));
      }
      assertRefused(
          400, "'session' is not 64 hex digits.\n", post(gateway, "{\"session\":\"0a\"}"));
      assertRefused(
          400,
          "'certificate' is not 64 hex digits.\n",
          post(gateway, "{\"certificate\":\"" + "xy".repeat(32) + "\"}"));
      assertRefused(
          400,
          "'before' is no time; write for example 2026-01-31T12:00:00Z.\n",
          post(gateway, "{\"before\":\"yesterday\"}"));
      assertRefused(
          400,
          "'before' is yet to come, and only what is past can be revoked.\n",
          post(gateway, "{\"before\":\"2999-01-01T00:00:00Z\"}"));
      assertRefused(413, "Send 4096 bytes at most.\n", post(gateway, " ".repeat(4097)));
      assertEquals(0, entries(gateway));
    }
  }

  @Test
  void refusesWhoMayNotChangeAnything() throws Exception {
    String body = "{\"session\":\"" + ID + "\"}";
    String json = "Content-Type: application/json\r\n";
    String token = "Authorization: Bearer " + TOKEN + "\r\n";
    try (Gateway gateway = Peers.start(config())) {
      String sendToken = "Send the token of --admin-token-file: 'Authorization: Bearer TOKEN'.\n";
      Response absent = send(gateway, "POST", json, body);
      assertRefused(401, sendToken, absent);
      assertEquals("Bearer realm=\"reprise admin\"", absent.headers().get("www-authenticate"));
      for (String wrong :
          List.of("Bearer ", "Bearer " + TOKEN + "0", "Bearer x" + TOKEN, "Basic " + TOKEN, "x")) {
        assertRefused(
            401, sendToken, send(gateway, "POST", json + "Authorization: " + wrong + "\r\n", body));
      }
      String sendJson = "Send 'Content-Type: application/json'.\n";
      assertRefused(415, sendJson, send(gateway, "POST", token, body));
      assertRefused(
          415, sendJson, send(gateway, "POST", token + "Content-Type: text/plain\r\n", body));
      assertRefused(
          403,
          "Pages in a browser change nothing here.\n",
          send(gateway, "POST", token + json + "Origin: http://127.0.0.1\r\n", body));
      Response put = send(gateway, "PUT", token + json, body);
      assertRefused(405, "GET, HEAD and POST are answered here.\n", put);
      assertEquals("GET, HEAD, POST", put.headers().get("allow"));
      assertEquals(0, entries(gateway));
      assertEquals(
          200,
          send(
                  gateway,
                  "POST",
                  "authorization: bearer "
                      + TOKEN
                      + "\r\nContent-Type: Application/JSON; charset=utf-8\r\n",
                  body)
              .status());
    }
  }

  @Test
  void saysWhichFlagLetsChangesIn() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config())) {
      assertRefused(
          403,
          "Changes are off: start the gateway with --admin-token-file FILE.\n",
          post(gateway, "{\"session\":\"" + ID + "\"}"));
    }
  }

  private static void assertRevoked(JsonNode connection) {
    assertEquals("REVOKED", connection.get("reason").asString(), connection.toString());
  }

  private static void assertRefused(int status, String sentence, Response response) {
    assertEquals(status, response.status(), response.toString());
    assertEquals(sentence, response.body());
  }

  private static int entries(Gateway gateway) throws Exception {
    String body = HttpReader.get(gateway.adminAddress(), "/revocations").body();
    return new JsonMapper().readTree(body).get("entries").asInt();
  }

  private static Response post(Gateway gateway, String body) throws Exception {
    return send(
        gateway,
        "POST",
        "Authorization: Bearer " + TOKEN + "\r\nContent-Type: application/json\r\n",
        body);
  }

  private static Response send(Gateway gateway, String method, String headers, String body)
      throws Exception {
    try (Socket socket = Peers.plain(gateway.adminAddress())) {
      return new HttpReader(socket)
          .send(
              method
                  + " /revocations HTTP/1.1\r\nHost: localhost\r\n"
                  + headers
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
    }
  }

  private static String fingerprint() throws Exception {
    return HexFormat.ofDelimiter(":")
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(CLIENT.certificate().getEncoded()));
  }

  private static JsonNode connection(Gateway gateway, SSLContext context, String protocol)
      throws Exception {
    try (SSLSocket client =
        Peers.over(Peers.plain(gateway.address()), context, "server.example", protocol)) {
      HttpReader http = new HttpReader(client);
      return new JsonMapper().readTree(http.send(HttpReader.request("GET", "/connection")).body());
    }
  }
}
