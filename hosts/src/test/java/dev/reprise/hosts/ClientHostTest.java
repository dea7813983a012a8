/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.gateway.Gateway;
import dev.reprise.gateway.GatewayConfig;
import dev.reprise.gateway.HostPort;
import dev.reprise.hosts.Results.Column;
import dev.reprise.jsse.ServerIdentity;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every HTTP client has to show on our provider, with a server that is on it too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientHostTest {
  private final Results results = new Results(getClass().getSimpleName());
  private final List<Stopping> running = new ArrayList<>();
  private Handshakes atServer = new Handshakes();

  /** What a test has started. */
  private interface Stopping {
    void stop() throws Exception;
  }

  /** Its name and version, as the table has it. */
  abstract String name();

  abstract boolean hasHttp2();

  /**
   * Starts a client.
   *
   * @param http2 whether it is to prefer HTTP/2
   */
  abstract ClientHost start(SSLContext context, boolean http2) throws Exception;

  @BeforeEach
  void start() {
    atServer = new Handshakes();
  }

  @AfterEach
  void stop() throws Exception {
    for (Stopping each : running.reversed()) {
      each.stop();
    }
    running.clear();
  }

  @AfterAll
  void write() throws IOException {
    results.put(Column.HOST, name());
    results.put(Column.SIDE, "client");
    results.write();
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void resumesOneAfterAnother(String version) throws Exception {
    NettyServer server = server(version, false, NettyServer.HTTP);
    Handshakes atClient = new Handshakes();
    ClientHost client = client(Tls.client(atClient), false);
    for (int i = 0; i < ServerHostTest.SEQUENTIAL; i++) {
      assertEquals("hello", client.get(uri(server, "/close")).text());
    }
    atClient.assertResumedAfterTheFirst(ServerHostTest.SEQUENTIAL);
    atServer.assertResumedAfterTheFirst(ServerHostTest.SEQUENTIAL);
    Column column = version.equals(Tls.V13) ? Column.TLS13 : Column.TLS12;
    results.put(column, atServer + " resumed");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void resumesAtTheGateway(String version) throws Exception {
    try (PlainBackend backend = PlainBackend.start();
        Gateway gateway = gateway(backend, version)) {
      Handshakes atClient = new Handshakes();
      ClientHost client = client(Tls.client(atClient), false);
      URI uri = URI.create("https://localhost:" + gateway.address().port() + "/");
      for (int i = 0; i < 3; i++) {
        assertEquals("hello", client.get(uri).text());
      }
      atClient.assertResumedAfterTheFirst(3);
    }
    results.put(Column.PEERS, "ours, our gateway");
  }

  @Test
  void speaksHttp2() throws Exception {
    if (!hasHttp2()) {
      results.put(Column.HTTP2, "has none");
      return;
    }
    SSLContext context = Tls.client(new Handshakes());
    NettyServer server = server(Tls.V13, false, NettyServer.HTTP2_OR_HTTP);
    for (int i = 0; i < 3; i++) {
      ClientHost client = client(context, true);
      ClientHost.Answer answer = client.get(uri(server, "/hello"));
      assertEquals("hello", answer.text());
      assertTrue(answer.http2());
    }
    atServer.assertResumedAfterTheFirst(3);
    results.put(Column.HTTP2, "yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void showsItsCertificate(String version) throws Exception {
    NettyServer server = server(version, true, NettyServer.HTTP);
    ClientHost known = client(Tls.knownClient(new Handshakes()), false);
    for (int i = 0; i < 3; i++) {
      assertEquals("CN=client.example", known.get(uri(server, "/who")).text());
    }
    atServer.assertResumedAfterTheFirst(3);
    ClientHost unknown = client(Tls.client(new Handshakes()), false);
    assertThrows(Exception.class, () -> unknown.get(uri(server, "/who")));
    results.put(Column.MUTUAL, "yes, also resumed");
  }

  @Test
  void connectsOftenAtOnce() throws Exception {
    NettyServer server = server(Tls.V13, false, NettyServer.HTTP);
    ClientHost client = client(Tls.client(new Handshakes()), false);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<ClientHost.Answer>> calls = new ArrayList<>();
      for (int i = 0; i < ServerHostTest.PARALLEL; i++) {
        calls.add(() -> client.get(uri(server, "/close")));
      }
      for (Future<ClientHost.Answer> answer : threads.invokeAll(calls)) {
        assertEquals("hello", answer.get().text());
      }
    }
    assertEquals(ServerHostTest.PARALLEL, atServer.all());
    results.put(Column.PARALLEL, ServerHostTest.PARALLEL + " of " + ServerHostTest.PARALLEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void receivesMuch(String version) throws Exception {
    NettyServer server = server(version, false, NettyServer.HTTP);
    ClientHost client = client(Tls.client(new Handshakes()), false);
    assertEquals(Content.SUM, client.get(uri(server, "/bytes")).sum());
    results.put(Column.TRANSFER, "same checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void takesAnEndForAnEnd(String version) throws Exception {
    NettyServer server = server(version, false, NettyServer.HTTP);
    ClientHost client = client(Tls.client(new Handshakes()), false);
    assertEquals("hello", client.get(uri(server, "/until-end")).text());
    results.put(Column.ORDERLY, "close_notify");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void noticesThatAServerIsGone(String version) throws Exception {
    NettyServer server = server(version, false, NettyServer.HTTP);
    ClientHost client = client(Tls.client(new Handshakes()), false);
    Exception cut = assertThrows(Exception.class, () -> client.get(uri(server, "/cut")));
    results.put(Column.ABRUPT, "`" + cut.getClass().getName() + "`");
    assertThrows(Exception.class, () -> client.get(uri(server, "/reset")));
    assertEquals("hello", client.get(uri(server, "/close")).text());
  }

  private ClientHost client(SSLContext context, boolean http2) throws Exception {
    ClientHost client = start(context, http2);
    running.add(client::stop);
    return client;
  }

  private NettyServer server(
      String version, boolean clientCertificates, ApplicationProtocolConfig protocols)
      throws InterruptedException {
    SSLContext context = Tls.serverBuilder(atServer).protocols(List.of(version)).build();
    NettyServer server =
        NettyServer.start(
            new ServerHost.Setup(context, clientCertificates, new LinkedBlockingQueue<>()),
            protocols);
    running.add(server::stop);
    return server;
  }

  private static Gateway gateway(PlainBackend backend, String version) throws Exception {
    HostPort anyPort = new HostPort("127.0.0.1", 0);
    return Gateway.start(
        GatewayConfig.builder()
            .listen(anyPort)
            .admin(anyPort)
            .backend(new HostPort("127.0.0.1", backend.port()))
            .identities(List.of(new ServerIdentity(Tls.SERVER.key(), Tls.SERVER.chain())))
            .protocols(List.of(version))
            .build());
  }

  private static URI uri(NettyServer server, String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }
}
