/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.gateway.HttpReader.Response;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuiltInBackendTest {
  private Gateway gateway;

  @BeforeAll
  void start() throws Exception {
    gateway = Peers.start(Peers.config());
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void tellsHowTheVeryConnectionWasMade(String protocol) throws Exception {
    try (SSLSocket client = Peers.connect(gateway, protocol)) {
      Response response = new HttpReader(client).send(HttpReader.request("GET", "/connection"));
      assertEquals(200, response.status());
      assertEquals("application/json", response.headers().get("content-type"));
      JsonNode json = new JsonMapper().readTree(response.body());
      assertEquals(
          List.of(
              "protocol",
              "cipherSuite",
              "handshake",
              "mechanism",
              "reason",
              "keyName",
              "sessionAgeSeconds",
              "session",
              "node"),
          List.copyOf(json.propertyNames()));
      assertEquals(protocol, json.get("protocol").asString());
      assertEquals(client.getSession().getCipherSuite(), json.get("cipherSuite").asString());
      assertEquals("full", json.get("handshake").asString());
      assertTrue(json.get("mechanism").isNull());
      assertEquals("NOT_OFFERED", json.get("reason").asString());
      assertTrue(json.get("keyName").isNull());
      assertTrue(json.get("sessionAgeSeconds").isNull());
      assertTrue(json.get("session").asString().matches("[0-9a-f]{64}"), response.body());
      assertEquals(gateway.address().toString(), json.get("node").asString());
    }
  }

  @Test
  void ignoresTheQuery() throws Exception {
    assertEquals(200, once(HttpReader.request("GET", "/connection?again")).status());
  }

  @Test
  void saysAtTheRootWhatToTry() throws Exception {
    Response response = once(HttpReader.request("GET", "/"));
    assertEquals(200, response.status());
    assertTrue(response.body().contains("/connection"), response.body());
  }

  @Test
  void findsNothingElse() throws Exception {
    assertEquals(404, once(HttpReader.request("GET", "/elsewhere")).status());
  }

  @Test
  void keepsTheConnectionForFurtherRequests() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      for (int i = 0; i < 3; i++) {
        Response response = http.send(HttpReader.request("GET", "/connection"));
        assertEquals(200, response.status());
        assertNull(response.headers().get("connection"));
      }
    }
  }

  @Test
  void answersRequestsInARowInTheirOrder() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      http.write(
          HttpReader.request("GET", "/nowhere")
              + HttpReader.request("HEAD", "/")
              + HttpReader.request("GET", "/connection"));
      assertEquals(404, http.read(true).status());
      assertEquals(200, http.read(false).status());
      assertTrue(http.read(true).body().startsWith("{"));
    }
  }

  @Test
  void closesInGoodOrderWhenAskedTo() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      Response response =
          http.send("GET / HTTP/1.1\r\nHost: server.example\r\nConnection: close\r\n\r\n");
      assertEquals("close", response.headers().get("connection"));
      assertTrue(http.ended());
    }
  }

  @Test
  void answersNothingAfterAClosingAnswer() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      http.write(
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
              + HttpReader.request("GET", "/"));
      assertEquals(200, http.read(true).status());
      assertTrue(http.ended());
    }
  }

  @Test
  void closesAfterARequestOfTheOldVersion() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      assertEquals(200, http.send("GET / HTTP/1.0\r\n\r\n").status());
      assertTrue(http.ended());
    }
  }

  @Test
  void keepsTheConnectionOfTheOldVersionIfAskedTo() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      String request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertEquals("keep-alive", http.send(request).headers().get("connection"));
      assertEquals(200, http.send(request).status());
    }
  }

  @Test
  void answersHeadWithTheLengthAndWithoutTheBody() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      Response head = http.send(HttpReader.request("HEAD", "/connection"));
      Response get = http.send(HttpReader.request("GET", "/connection"));
      assertEquals(get.headers().get("content-length"), head.headers().get("content-length"));
      assertFalse(get.body().isEmpty());
    }
  }

  @Test
  void refusesOtherMethodsAndSkipsTheirBodies() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      String body = HttpReader.request("GET", "/");
      Response refused =
          http.send(
              "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      assertEquals(405, refused.status());
      assertEquals("GET, HEAD", refused.headers().get("allow"));
      assertEquals(404, http.send(HttpReader.request("GET", "/next")).status());
    }
  }

  @Test
  void goesOnWithABodyThatWaitsToBeAskedFor() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      Response go =
          http.send(
              "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertEquals(100, go.status());
      assertEquals(405, http.send("ab").status());
    }
  }

  @Test
  void refusesARequestWithoutHost() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      assertEquals(400, http.send("GET / HTTP/1.1\r\n\r\n").status());
      assertTrue(http.ended());
    }
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      HttpReader http = new HttpReader(client);
      assertEquals(400, http.send("nonsense\r\n\r\n").status());
      assertTrue(http.ended());
    }
  }

  @Test
  void answersAClientThatHasAlreadyClosedItsSide() throws Exception {
    try (SSLSocket client = Peers.connect(gateway, "TLSv1.3")) {
      HttpReader http = new HttpReader(client);
      http.write(HttpReader.request("GET", "/connection"));
      client.shutdownOutput();
      assertEquals(200, http.read(true).status());
      assertTrue(http.ended());
    }
  }

  private Response once(String request) throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      return new HttpReader(client).send(request);
    }
  }
}
