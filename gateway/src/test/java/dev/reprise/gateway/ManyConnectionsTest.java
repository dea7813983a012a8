/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class ManyConnectionsTest {
  private static final int CLIENTS = 500;

  @Test
  void servesFiveHundredClientsAtOnce() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        Gateway gateway =
            Peers.start(
                Peers.config()
                    .backend(backend.address())
                    .timeouts(
                        Timeouts.DEFAULT.withHandshake(
                            java.time.Duration.ofMillis(Peers.PATIENCE_MILLIS))))) {
      CyclicBarrier allConnected = new CyclicBarrier(CLIENTS, () -> assertOpen(gateway));
      List<CompletableFuture<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        clients.add(Aside.run(() -> converse(gateway, number, allConnected)));
      }
      for (CompletableFuture<Integer> client : clients) {
        client.get(Peers.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static int converse(Gateway gateway, int number, CyclicBarrier allConnected)
      throws Exception {
    try (SSLSocket client = Peers.connect(gateway)) {
      allConnected.await(Peers.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      byte[] mine = ("client " + number).repeat(1000).getBytes(StandardCharsets.US_ASCII);
      client.getOutputStream().write(mine);
      assertArrayEquals(mine, client.getInputStream().readNBytes(mine.length));
      return mine.length;
    }
  }

  private static void assertOpen(Gateway gateway) {
    try {
      String metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
      assertTrue(metrics.contains("reprise_connections_open " + CLIENTS + ".0"), metrics);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
