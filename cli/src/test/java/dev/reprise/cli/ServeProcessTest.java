/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real processes, one at a time: each takes seconds to start. */
@ResourceLock("process")
class ServeProcessTest {
  private static final String REQUEST = "GET /connection HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir private Path directory;

  @Test
  void servesUntilItIsTerminated() throws Exception {
    TestIdentity.PemFiles files =
        TestCertificates.server(KeyKind.ECDSA_P256).writePem(directory, "server");
    try (ServeProcess serve =
        start("--cert", files.chain().toString(), "--key", files.key().toString())) {
      int[] ports = serve.ports();
      try (SSLSocket client = connect(ports[0], TestCertificates.trustManagers())) {
        String answer = ask(client);
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.contains("\"protocol\":\"TLSv1.3\""), answer);
      }
      serve.terminate();
      Run ended = serve.ended();
      assertEquals(0, ended.exitCode(), ended.toString());
      assertEquals("", ended.out());
      List<String> said =
          ended.error().lines().map(line -> line.substring(line.indexOf(": ") + 2)).toList();
      assertTrue(said.getFirst().startsWith("Cryptography: "), ended.error());
      assertTrue(said.getFirst().endsWith("the rest: JDK."), ended.error());
      assertEquals(
          List.of("Stopping: open connections may finish.", "Stopped."),
          said.subList(1, said.size()),
          ended.error());
    }
  }

  @Test
  void finishesWithItsClientsWhenItIsTerminated() throws Exception {
    TestIdentity.PemFiles files =
        TestCertificates.server(KeyKind.ECDSA_P256).writePem(directory, "server");
    try (ServerSocket backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServeProcess serve =
            start(
                "--cert",
                files.chain().toString(),
                "--key",
                files.key().toString(),
                "--backend",
                "127.0.0.1:" + backend.getLocalPort(),
                "--drain",
                "60s")) {
      int[] ports = serve.ports();
      try (SSLSocket client = connect(ports[0], TestCertificates.trustManagers());
          Socket server = backend.accept()) {
        serve.terminate();
        awaitDraining(ports[1]);
        client.getOutputStream().write(1);
        assertEquals(1, server.getInputStream().read());
        server.getOutputStream().write(2);
        server.shutdownOutput();
        assertEquals(2, client.getInputStream().read());
        assertEquals(-1, client.getInputStream().read());
      }
      Run ended = serve.ended();
      assertEquals(0, ended.exitCode(), ended.toString());
    }
  }

  @Test
  void revokesForWhoHasTheTokenOfTheFile() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    try (ServeProcess serve =
        start("--admin-token-file", token.toString(), "--allow-insecure-permissions")) {
      int[] ports = serve.ports();
      String body = "{\"before\":\"2026-01-31T12:00:00Z\"}";
      try (Socket admin = new Socket(InetAddress.getLoopbackAddress(), ports[1])) {
        admin.setSoTimeout(ServeProcess.PATIENCE_SECONDS * 1000);
        String request =
            "POST /revocations HTTP/1.0\r\nAuthorization: Bearer 0123456789abcdef\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
        admin.getOutputStream().write(request.getBytes(UTF_8));
        String answer = new String(admin.getInputStream().readAllBytes(), UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
      }
      serve.terminate();
      Run ended = serve.ended();
      assertEquals(0, ended.exitCode(), ended.toString());
      assertTrue(ended.error().contains("Revoked by the admin endpoint"), ended.error());
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      try (ServeProcess serve = ServeProcess.start("--admin", "127.0.0.1:0", "--listen", address)) {
        Run ended = serve.ended();
        assertEquals(1, ended.exitCode());
        assertEquals("", ended.out());
        assertEquals(
            "reprise: Cannot listen on "
                + address
                + " (Address already in use); free the port or choose another one with --listen.",
            ended.error().lines().toList().getLast());
      }
      Run admin = Run.of("serve", "--listen", "127.0.0.1:0", "--admin", address);
      assertEquals(1, admin.exitCode());
      assertTrue(
          admin.error().endsWith("choose another one with --admin." + System.lineSeparator()));
    }
  }

  private static ServeProcess start(String... flags) throws IOException {
    String[] all = new String[flags.length + 4];
    all[0] = "--listen";
    all[1] = "127.0.0.1:0";
    all[2] = "--admin";
    all[3] = "127.0.0.1:0";
    System.arraycopy(flags, 0, all, 4, flags.length);
    return ServeProcess.start(all);
  }

  private static SSLSocket connect(int port, TrustManager[] trust) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
    context.init(null, trust, null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(ServeProcess.PATIENCE_SECONDS * 1000);
    socket.startHandshake();
    return socket;
  }

  /** The whole answer, of which the JSON ends with a new line. */
  private static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (answer.indexOf("}\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError(answer);
      }
      answer.append((char) next);
    }
    return answer.toString();
  }

  private static void awaitDraining(int port) throws IOException {
    String status = "";
    while (!status.startsWith("HTTP/1.1 503")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write("GET /healthz HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        status = new String(socket.getInputStream().readAllBytes(), UTF_8);
      }
    }
  }
}
