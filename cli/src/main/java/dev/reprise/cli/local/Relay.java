/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Two sockets of which each gets what comes in at the other. */
record Relay(Socket one, Socket other) {
  private static final int BUFFER = 8192;

  /** Carries bytes in both directions until both have ended, then closes both. */
  void run() throws InterruptedException {
    Thread back = Thread.ofVirtual().start(() -> carry(other, one));
    carry(one, other);
    back.join();
    close(one);
    close(other);
  }

  /** A cut on one side is one on the other. */
  private static void carry(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException _) {
      close(from);
      close(to);
    }
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // There is nothing left to lose.
    }
  }
}
