/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jdk.tls.client.maxInboundCertificateChainLength}, beside the JDK's provider. */
class ChainLimitTest {
  private static final int CONNECTIONS = 4;

  /** Made of a leaf and the authority above it: two certificates. */
  private static final TestIdentity TWO =
      TestCertificates.authority()
          .intermediate("Between", KeyKind.ECDSA_P256)
          .issue(LeafRequest.server(KeyKind.ECDSA_P256, Contexts.HOST, "localhost"));

  private static List<String> clients(Path directory, int limit) throws Exception {
    try (SSLServerSocket listening = SocketPair.listen(Contexts.sun(TWO))) {
      listening.setSoTimeout(60_000);
      Future<?> server = SocketPair.elsewhere(() -> serve(listening));
      List<String> options =
          new ArrayList<>(List.of("-Djdk.tls.client.maxInboundCertificateChainLength=" + limit));
      options.addAll(OtherJvm.trusting(directory, TestCertificates.authority()));
      String port = String.valueOf(listening.getLocalPort());
      List<String> lines = OtherJvm.run(directory, ChainLimitMain.class, options, port);
      boolean _ = server.cancel(true);
      return lines;
    }
  }

  /** It does not matter here whether the client goes on. */
  private static int serve(SSLServerSocket listening) throws IOException {
    int refused = 0;
    for (int i = 0; i < CONNECTIONS; i++) {
      try (SSLSocket accepted = (SSLSocket) listening.accept()) {
        accepted.startHandshake();
        int _ = accepted.getInputStream().read();
      } catch (javax.net.ssl.SSLException _) {
        refused++;
      }
    }
    return refused;
  }

  @Test
  void takesAsManyAsAreAllowed(@TempDir Path directory) throws Exception {
    assertEquals(
        List.of(
            "Reprise TLSv1.3 connected",
            "Reprise TLSv1.2 connected",
            "SunJSSE TLSv1.3 connected",
            "SunJSSE TLSv1.2 connected"),
        clients(directory, 2));
  }

  /** Ours is of the class that other certificates that are refused have, with bad_certificate. */
  @Test
  void refusesALongerChain(@TempDir Path directory) throws Exception {
    assertEquals(
        List.of(
            "Reprise TLSv1.3 SSLHandshakeException",
            "Reprise TLSv1.2 SSLHandshakeException",
            "SunJSSE TLSv1.3 SSLProtocolException",
            "SunJSSE TLSv1.2 SSLProtocolException"),
        clients(directory, 1));
  }
}
