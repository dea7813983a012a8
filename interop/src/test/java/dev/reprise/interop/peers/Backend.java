/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A plain server behind TLS servers of others: it gives back each request's body. */
final class Backend implements AutoCloseable {
  private final ServerSocket listening;

  Backend() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException _) {
        // It is closed.
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      Http.echo(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException _) {
      // Cut off, as one of the tests wants.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
