/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.hosts.Results.Column;
import dev.reprise.testkit.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every HTTP server has to show on our provider, by clients of ours and of the JDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerHostTest {
  static final int SEQUENTIAL = 100;
  static final int PARALLEL = 64;
  private static final int RESETS = 20;
  private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final Results results = new Results(getClass().getSimpleName());
  private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
  private Handshakes atServer = new Handshakes();
  private ServerHost host = new NoHost();

  private static final class NoHost implements ServerHost {
    @Override
    public int port() {
      throw new IllegalStateException("No host was started");
    }

    @Override
    public void stop() {}
  }

  /** Its name and version, as the table has it. */
  abstract String name();

  abstract boolean hasHttp2();

  /** Whether close_notify from a client ends an idle connection, and not only TCP's end. */
  boolean endsWithClient() {
    return true;
  }

  abstract ServerHost start(ServerHost.Setup setup) throws Exception;

  @BeforeEach
  void start() throws Exception {
    atServer = new Handshakes();
    errors.clear();
    host = start(new ServerHost.Setup(Tls.server(atServer), false, errors));
  }

  @AfterEach
  void stop() throws Exception {
    host.stop();
  }

  @AfterAll
  void write() throws IOException {
    results.put(Column.HOST, name());
    results.put(Column.SIDE, "server");
    results.write();
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void resumesOneAfterAnother(String version) throws Exception {
    Handshakes atClient = new Handshakes();
    SSLContext client = Tls.client(atClient);
    for (int i = 0; i < SEQUENTIAL; i++) {
      assertEquals("hello", get(client, version, "/hello").text());
    }
    atClient.assertResumedAfterTheFirst(SEQUENTIAL);
    atServer.assertResumedAfterTheFirst(SEQUENTIAL);
    Column column = version.equals(Tls.V13) ? Column.TLS13 : Column.TLS12;
    results.put(column, atServer + " resumed");
  }

  @Test
  void resumesClientsOfTheJdk() throws Exception {
    SSLContext client = Tls.sunClient();
    for (String version : List.of(Tls.V13, Tls.V12)) {
      for (int i = 0; i < 5; i++) {
        assertEquals("hello", get(client, version, "/hello").text());
      }
    }
    assertEquals("8 of 10", atServer.toString());
    results.put(Column.PEERS, "ours, SunJSSE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.2"})
  @DisabledIfSystemProperty(
      named = "reprise.peers",
      matches = "false",
      disabledReason = "--without-peers")
  void resumesCurl(String version, @TempDir Path directory) throws Exception {
    String root = TestCertificates.authority().writePem(directory).toString();
    String uri = "https://localhost:" + host.port() + "/hello";
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sS",
                "-4",
                "--http1.1",
                "--tls-max",
                version,
                "--cacert",
                root,
                "-H",
                "Connection: close",
                uri,
                uri)
            .redirectErrorStream(true)
            .start();
    try (var output = curl.inputReader()) {
      assertEquals("hellohello", output.readLine());
      assertEquals("1 of 2", atServer.toString());
    } finally {
      curl.destroyForcibly();
    }
  }

  @Test
  void speaksHttp2() throws Exception {
    if (!hasHttp2()) {
      results.put(Column.HTTP2, "has none");
      return;
    }
    Handshakes atClient = new Handshakes();
    for (SSLContext client : List.of(Tls.client(atClient), Tls.sunClient())) {
      for (int i = 0; i < 3; i++) {
        assertEquals(HttpClient.Version.HTTP_2, helloByJdk(client).version());
      }
    }
    assertEquals("2 of 3", atClient.toString());
    assertEquals("4 of 6", atServer.toString());
    results.put(Column.HTTP2, "yes");
  }

  @Test
  void knowsItsClientsByTheirCertificates() throws Exception {
    host.stop();
    host = start(new ServerHost.Setup(Tls.server(atServer), true, errors));
    Handshakes atClient = new Handshakes();
    SSLContext known = Tls.knownClient(atClient);
    for (String version : List.of(Tls.V13, Tls.V12)) {
      for (int i = 0; i < 3; i++) {
        assertEquals("CN=client.example", get(known, version, "/who").text());
      }
      assertThrows(IOException.class, () -> get(Tls.client(new Handshakes()), version, "/who"));
    }
    assertEquals("4 of 6", atClient.toString());
    results.put(Column.MUTUAL, "yes, also resumed");
  }

  @Test
  void servesManyAtOnce() throws Exception {
    SSLContext client = Tls.client(new Handshakes());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Http.Answer>> calls = new ArrayList<>();
      for (int i = 0; i < PARALLEL; i++) {
        calls.add(() -> get(client, Tls.V13, "/hello"));
      }
      for (Future<Http.Answer> answer : threads.invokeAll(calls)) {
        assertEquals("hello", answer.get().text());
      }
    }
    assertEquals(PARALLEL, atServer.all());
    results.put(Column.PARALLEL, PARALLEL + " of " + PARALLEL);
  }

  @Test
  void sendsMuch() throws Exception {
    assertEquals(Content.SUM, get(Tls.client(new Handshakes()), Tls.V13, "/bytes").sum());
    assertEquals(Content.SUM, get(Tls.sunClient(), Tls.V12, "/bytes").sum());
    results.put(Column.TRANSFER, "same checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void endsInOrder(String version) throws Exception {
    String serverFirst;
    try (EngineClient client = connect(version)) {
      assertEquals("hello", Http.get(client, "/hello").text());
      serverFirst = end(client);
      client.closeNotify();
      client.awaitEnd();
    }
    try (EngineClient client = connect(version)) {
      client.write(HELLO);
      assertEquals("hello", Http.read(client).text());
      client.closeNotify();
      if (!endsWithClient()) {
        client.end();
      }
      client.awaitEnd();
    }
    results.put(Column.ORDERLY, serverFirst);
  }

  @ParameterizedTest
  @ValueSource(strings = {Tls.V13, Tls.V12})
  void noticesThatAClientIsGone(String version) throws Exception {
    try (EngineClient client = connect(version)) {
      client.write(HELLO);
      assertEquals("hello", Http.read(client).text());
      Http.startUpload(client);
      client.end();
      client.awaitEnd();
    }
    results.put(Column.ABRUPT, "`" + error().getClass().getName() + "`");
    // A reset may overtake the request, so that the application never hears of it.
    for (int i = 0; i < RESETS; i++) {
      try (EngineClient client = connect(version)) {
        Http.startUpload(client);
        client.reset();
      }
    }
    assertEquals("hello", get(Tls.client(new Handshakes()), version, "/hello").text());
  }

  private Throwable error() throws InterruptedException {
    Throwable error = errors.poll(EngineClient.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    assertNotNull(error, "The application waits for bytes that will not come");
    return error;
  }

  private static String end(EngineClient client) throws IOException {
    try {
      assertEquals(-1, client.read(new byte[1]));
      return "close_notify";
    } catch (java.io.EOFException _) {
      return "TCP only";
    }
  }

  private EngineClient connect(String version) throws IOException {
    return EngineClient.connect(Tls.client(new Handshakes()), host.port(), version);
  }

  private Http.Answer get(SSLContext context, String version, String path) throws IOException {
    try (EngineClient client = EngineClient.connect(context, host.port(), version)) {
      Http.Answer answer = Http.get(client, path);
      client.closeNotify();
      return answer;
    }
  }

  private HttpResponse<String> helloByJdk(SSLContext context) throws Exception {
    URI uri = URI.create("https://localhost:" + host.port() + "/hello");
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
