/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenSslTest {
  @Test
  void shakesHandsInEveryWayThatItKnows(@TempDir Path directory) throws IOException {
    assumeTrue(Files.exists(Path.of("/usr/include/openssl/ssl.h")));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    OpenSsl openSsl = OpenSsl.compiledIn(directory, nowhere);
    assumeTrue(openSsl != null);
    for (HandshakeLine line : Choice.ALL.handshakes()) {
      if (openSsl != null && OpenSsl.has(line)) {
        OpenSsl.Figures figures = openSsl.measure(line);
        assertTrue(figures.serverNanos() > 0 && figures.clientNanos() > 0, line.title());
        assertTrue(figures.bytesToServer() > 200 && figures.bytesToClient() > 100, line.title());
        assertEquals(flights(line), figures.flights(), line.title());
      }
    }
  }

  /** Tickets of TLS 1.3 are a flight of their own. */
  private static double flights(HandshakeLine line) {
    boolean tls12 = line.scenario().protocol() == Protocol.TLS12;
    return tls12 && line.scenario().isResumed() ? 3 : 4;
  }
}
