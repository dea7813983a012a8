/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.Objects;

/** What is said to the peer, in records: each {@code write} sends at once, there is no buffer. */
final class SocketOutput extends OutputStream {
  private final RepriseSocket socket;
  private final SocketConnection connection;

  SocketOutput(RepriseSocket socket, SocketConnection connection) {
    this.socket = socket;
    this.connection = connection;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return;
    }
    if (!connection.hasFailed()) {
      requireOpen();
    }
    connection.write(bytes, offset, length);
  }

  private void requireOpen() throws SocketException {
    if (socket.isClosed()) {
      throw new SocketException("Socket is closed");
    }
    if (socket.isOutputShutdown()) {
      throw new SocketException("Socket output is shutdown");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
