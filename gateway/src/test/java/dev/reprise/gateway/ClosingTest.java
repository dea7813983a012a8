/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class ClosingTest {
  /** Longer than the test waits: nothing may end for it alone. */
  private static final Timeouts PATIENT = Timeouts.DEFAULT.withDrain(Duration.ofMinutes(10));

  @Test
  void letsOpenConnectionsFinishAndAcceptsNoMore() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        Gateway gateway =
            Peers.start(
                Peers.config()
                    .listen(Peers.freePort())
                    .backend(backend.address())
                    .timeouts(PATIENT))) {
      CompletableFuture<Boolean> closing;
      try (SSLSocket client = Peers.connect(gateway, "TLSv1.3")) {
        closing = closing(gateway);
        awaitDraining(gateway);
        assertThrows(IOException.class, () -> Peers.plain(gateway.address()).close());
        client.getOutputStream().write(42);
        assertEquals(42, client.getInputStream().read());
        assertFalse(closing.isDone());
        client.shutdownOutput();
        assertEquals(-1, client.getInputStream().read());
      }
      assertTrue(closing.join());
    }
  }

  @Test
  void closesConnectionsThatWaitForTheirNextRequestAtOnce() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config().timeouts(PATIENT))) {
      CompletableFuture<Boolean> closing;
      try (SSLSocket client = Peers.connect(gateway)) {
        HttpReader http = new HttpReader(client);
        http.send(HttpReader.request("GET", "/"));
        closing = closing(gateway);
        assertTrue(http.ended());
      }
      assertTrue(closing.join());
    }
  }

  @Test
  void closesInGoodOrderWhatDoesNotFinishInTime() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        Gateway gateway =
            Peers.start(
                Peers.config()
                    .backend(backend.address())
                    .timeouts(Timeouts.DEFAULT.withDrain(Duration.ofMillis(100))));
        SSLSocket client = Peers.connect(gateway)) {
      CompletableFuture<Boolean> closing = closing(gateway);
      assertEquals(-1, client.getInputStream().read());
      assertTrue(closing.join());
    }
  }

  @Test
  void closesAtOnceWithoutClients() throws Exception {
    try (Gateway gateway = Peers.start(Peers.config().admin(Peers.freePort()).timeouts(PATIENT))) {
      closing(gateway).join();
      gateway.awaitClose();
      assertThrows(IOException.class, () -> Peers.plain(gateway.adminAddress()).close());
    }
  }

  @Test
  void saysWhichAddressIsTaken() throws Exception {
    try (Gateway first = Peers.start(Peers.config())) {
      ListenException listen =
          assertThrows(
              ListenException.class, () -> Peers.start(Peers.config().listen(first.address())));
      assertEquals(first.address(), listen.address());
      assertEquals(
          "Cannot listen on " + first.address() + " (Address already in use)", listen.getMessage());
      ListenException admin =
          assertThrows(
              ListenException.class, () -> Peers.start(Peers.config().admin(first.adminAddress())));
      assertEquals(first.adminAddress(), admin.address());
    }
  }

  private static CompletableFuture<Boolean> closing(Gateway gateway) {
    return Aside.run(() -> {
      gateway.close();
      return true;
    });
  }

  private static void awaitDraining(Gateway gateway) throws Exception {
    while (HttpReader.get(gateway.adminAddress(), "/healthz").status() != 503) {
      Thread.onSpinWait();
    }
    // The listener is closed right after.
    while (accepts(gateway)) {
      Thread.onSpinWait();
    }
  }

  private static boolean accepts(Gateway gateway) {
    try (Socket socket = Peers.plain(gateway.address())) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
