/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;

/** A socket whose every other read times out, and whose other reads give few bytes. */
final class HesitantSocket extends Socket {
  private static final int FEW = 100;

  static HesitantSocket connectedTo(SocketAddress address) throws IOException {
    HesitantSocket socket = new HesitantSocket();
    socket.connect(address);
    return socket;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      private boolean late;

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        late = !late;
        if (late) {
          throw new SocketTimeoutException("Read timed out");
        }
        return super.read(bytes, offset, Math.min(length, FEW));
      }

      @Override
      public int read() {
        throw new AssertionError("byte by byte");
      }
    };
  }
}
