/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers "hello", once a connection, behind a gateway. */
final class PlainBackend implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;

  private PlainBackend(ServerSocket listener) {
    this.listener = listener;
  }

  static PlainBackend start() throws IOException {
    PlainBackend backend =
        new PlainBackend(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(backend::accept);
    return backend;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private static void answer(Socket client) {
    try (client) {
      readHead(client.getInputStream());
      client.getOutputStream().write(ANSWER);
    } catch (IOException _) {
      // Whoever asked is gone.
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int last = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      last = last << 8 | next;
      if (last == ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
        return;
      }
    }
  }
}
