/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class BackendDownTest {
  @Test
  void closesItsClientsInGoodOrderAndSaysSoOnce() throws Exception {
    HostPort nobody = Peers.freePort();
    try (Log log = new Log();
        Gateway gateway = Peers.start(Peers.config().backend(nobody))) {
      for (int i = 0; i < 3; i++) {
        try (Socket plain = Peers.plain(gateway.address());
            SSLSocket client = Peers.over(plain, Peers.context(null), "server.example")) {
          client.startHandshake();
          client.getOutputStream().write(new byte[256 << 10]);
          // An end without close_notify would be an exception, and so would a reset.
          assertEquals(-1, client.getInputStream().read());
          assertEquals(-1, plain.getInputStream().read());
        }
      }
      List<String> sentences = log.sentencesAbout(nobody);
      assertEquals(1, sentences.size(), sentences.toString());
      assertEquals(
          "The backend "
              + nobody
              + " cannot be reached (it refused the connection): clients are closed until it can.",
          sentences.getFirst());
      String metrics = HttpReader.get(gateway.adminAddress(), "/metrics").body();
      assertTrue(metrics.contains("reprise_backend_failures_total 3.0"), metrics);
    }
  }

  @Test
  void closesItsClientsWhenTheNameIsNotKnown() throws Exception {
    try (Gateway gateway =
            Peers.start(Peers.config().backend(new HostPort("backend.invalid", 80)));
        SSLSocket client = Peers.connect(gateway)) {
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void doesNotWaitLongForABackendThatDoesNotAnswer() throws Exception {
    List<SocketChannel> filling = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Gateway gateway =
            Peers.start(
                Peers.config()
                    .backend(new HostPort("127.0.0.1", deaf.getLocalPort()))
                    .timeouts(Timeouts.DEFAULT.withConnect(Duration.ofMillis(200))))) {
      for (int i = 0; i < 16; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()));
        filling.add(channel);
      }
      try (SSLSocket client = Peers.connect(gateway)) {
        assertEquals(-1, client.getInputStream().read());
      }
    } finally {
      for (SocketChannel channel : filling) {
        channel.close();
      }
    }
  }

  @Test
  void triesEveryAddressOfTheBackend() throws Exception {
    // On most machines localhost is ::1 as well, where nobody listens.
    try (TestBackend backend = TestBackend.echo();
        Gateway gateway =
            Peers.start(
                Peers.config().backend(new HostPort("localhost", backend.address().port())));
        SSLSocket client = Peers.connect(gateway)) {
      client.getOutputStream().write(42);
      assertEquals(42, client.getInputStream().read());
    }
  }

  /** What gateways of this JVM log while it is open. */
  private static final class Log extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(Gateway.class.getName());
    private final Queue<String> sentences = new ConcurrentLinkedQueue<>();

    Log() {
      logger.addHandler(this);
    }

    List<String> sentencesAbout(HostPort address) {
      return sentences.stream().filter(each -> each.contains(address.toString())).toList();
    }

    @Override
    public void publish(LogRecord event) {
      sentences.add(event.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
