/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Who does not read is not read for: the bytes wait with their sender, not in the gateway. */
class BackPressureTest {
  /** Nothing could be sent for so long: then all buffers on the way are full. */
  private static final int STILL_MILLIS = 2_000;

  /**
   * What the sockets on the way may hold (on Linux up to 4 MiB to send and 6 MiB received each, of
   * which there are two pairs), and little more.
   */
  private static final long MOST = 32L << 20;

  @Test
  void waitsForAClientThatDoesNotRead() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Gateway gateway = Peers.start(Peers.config().backend(address(server)));
          SSLSocket client = Peers.connect(gateway);
          SocketChannel backend = server.accept()) {
        long sent = sendUntilStill(backend);
        assertTrue(sent < MOST, "the gateway took " + sent);
        backend.shutdownOutput();
        assertEquals(sent, count(client.getInputStream()));
      }
    }
  }

  @Test
  void waitsForABackendThatDoesNotRead() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.setReceiveBufferSize(1 << 16);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Gateway gateway =
              Peers.start(
                  Peers.config().backend(new HostPort("127.0.0.1", server.getLocalPort())));
          SSLSocket client = Peers.connect(gateway, "TLSv1.3");
          Socket backend = server.accept()) {
        ByteCount taken = new ByteCount(MOST);
        CompletableFuture<Long> sending = Aside.run(() -> taken.send(client));
        taken.awaitStandstill();
        assertTrue(taken.value() < MOST, "the gateway took " + taken.value());
        CompletableFuture<Long> arrived = Aside.run(() -> count(backend.getInputStream()));
        taken.stop();
        sending.join();
        client.shutdownOutput();
        assertEquals(taken.value(), arrived.join());
      }
    }
  }

  /** Without a thread that hangs in a write: the selector says when nothing more goes. */
  private static long sendUntilStill(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
    long sent = 0;
    ByteBuffer piece = ByteBuffer.allocate(1 << 16);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      while (sent < MOST && selector.select(STILL_MILLIS) > 0) {
        selector.selectedKeys().clear();
        sent += channel.write(piece.clear());
      }
    }
    return sent;
  }

  private static HostPort address(ServerSocketChannel server) throws IOException {
    return new HostPort("127.0.0.1", ((InetSocketAddress) server.getLocalAddress()).getPort());
  }

  private static long count(InputStream in) throws IOException {
    byte[] piece = new byte[1 << 16];
    long count = 0;
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      count += read;
    }
    return count;
  }
}
