/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, until it cuts them off. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile @Nullable CompletableFuture<@Nullable Void> heldBack;

  private Relay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  static Relay to(int port) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * From now on clients hear nothing, until they are cut off.
   *
   * @return is done when a server has said something
   */
  Future<@Nullable Void> holdBack() {
    CompletableFuture<@Nullable Void> said = new CompletableFuture<>();
    heldBack = said;
    return said;
  }

  /** Ends every connection on both sides, below TLS. */
  void cut() throws IOException {
    heldBack = null;
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, server));
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> answer(server, client));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private static void pump(Socket client, Socket server) {
    try {
      client.getInputStream().transferTo(server.getOutputStream());
      server.shutdownOutput();
    } catch (IOException _) {
      // One of them is gone, and the other will see it.
    }
  }

  private void answer(Socket server, Socket client) {
    byte[] part = new byte[1 << 16];
    try {
      InputStream in = server.getInputStream();
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        CompletableFuture<@Nullable Void> said = heldBack;
        if (said == null) {
          client.getOutputStream().write(part, 0, count);
        } else {
          said.complete(null);
        }
      }
      client.shutdownOutput();
    } catch (IOException _) {
      // The same.
    }
  }
}
