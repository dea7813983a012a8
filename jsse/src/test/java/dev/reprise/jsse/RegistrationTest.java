/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.testkit.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to register the provider, each in a process that it changes as a whole. */
class RegistrationTest {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(US_ASCII);

  @TempDir private Path directory;

  private List<String> registered(String where) throws Exception {
    try (SSLServerSocket listening = SocketPair.listen(Contexts.sun(Contexts.SERVER))) {
      listening.setSoTimeout(60_000);
      Future<Boolean> server = SocketPair.elsewhere(() -> answer(listening));
      List<String> lines =
          OtherJvm.run(
              directory,
              RegistrationMain.class,
              OtherJvm.trusting(directory, TestCertificates.authority()),
              where,
              "https://localhost:" + listening.getLocalPort() + "/");
      boolean _ = server.cancel(true);
      return lines;
    }
  }

  private static boolean answer(SSLServerSocket listening) throws IOException {
    try (Socket accepted = listening.accept()) {
      int read = accepted.getInputStream().read(new byte[4096]);
      accepted.getOutputStream().write(ANSWER);
      return read > 0;
    }
  }

  @Test
  void leavesTheDefaultToTheJdkIfItIsAdded() throws Exception {
    assertEquals(
        List.of(
            "named Reprise",
            "TLS SunJSSE",
            "default SunJSSE",
            "answer ok",
            "factory sun.security.ssl"),
        registered("last"));
  }

  @Test
  void isTheDefaultIfItIsInsertedBeforeTheOthers() throws Exception {
    assertEquals(
        List.of(
            "named Reprise",
            "TLS Reprise",
            "default Reprise",
            "answer ok",
            "factory dev.reprise.jsse"),
        registered("first"));
  }

  @Test
  void needNotBeRegistered() throws Exception {
    assertEquals(
        List.of(
            "passed Reprise",
            "TLS SunJSSE",
            "default SunJSSE",
            "answer ok",
            "factory sun.security.ssl"),
        registered("nowhere"));
  }
}
