/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Objects;

/** What the peer says, without TLS. */
final class SocketInput extends InputStream {
  private final RepriseSocket socket;
  private final SocketConnection connection;

  SocketInput(RepriseSocket socket, SocketConnection connection) {
    this.socket = socket;
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (socket.isClosed() && !connection.hasFailed()) {
      throw new SocketException("Socket is closed");
    }
    return connection.read(bytes, offset, length);
  }

  @Override
  public int available() throws IOException {
    return socket.isClosed() ? 0 : connection.available();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
