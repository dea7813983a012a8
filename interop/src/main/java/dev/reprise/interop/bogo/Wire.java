/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Moves bytes between a connection and the runner's socket. */
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final boolean inSmallPieces;
  private final ByteBuffer in = ByteBuffer.allocate(2 * TlsConnection.LONGEST_RECORD);
  private final ByteBuffer out = ByteBuffer.allocate(TlsConnection.LONGEST_RECORD);
  private @Nullable ByteArrayOutputStream held;
  private final RetryWatch incoming = new RetryWatch();
  private final RetryWatch outgoing = new RetryWatch();

  Wire(Settings settings) throws IOException {
    inSmallPieces = settings.async;
    in.flip();
    InetAddress loopback = InetAddress.getByName(settings.ipv6 ? "::1" : "127.0.0.1");
    socket.connect(new InetSocketAddress(loopback, settings.port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    ByteBuffer id = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    socket.getOutputStream().write(id.putLong(settings.shimId).array());
  }

  /** Whether a HelloRetryRequest has passed in either direction. */
  boolean retryRequested() {
    return incoming.seen() || outgoing.seen();
  }

  /**
   * Gives one record to the connection, and waits for it if need be.
   *
   * @return the bytes of application data; -1 if the runner has closed its side
   */
  int read(TlsConnection tls, ByteBuffer application) throws IOException, TlsException {
    while (true) {
      int length = tls.recordLength(in);
      if (length >= 0 && in.remaining() >= length) {
        incoming.record(in.slice(in.position(), length));
        return tls.read(in, application);
      }
      if (!receive()) {
        return -1;
      }
    }
  }

  private boolean receive() throws IOException {
    in.compact();
    int most = inSmallPieces ? Math.min(in.remaining(), 1 + in.position()) : in.remaining();
    int count = socket.getInputStream().read(in.array(), in.position(), most);
    in.position(in.position() + Math.max(count, 0)).flip();
    return count >= 0;
  }

  /** Sends what waits to be sent, and then all of {@code application}. */
  void write(TlsConnection tls, ByteBuffer application) throws IOException, TlsException {
    ByteBuffer[] source = {application};
    while (tls.hasPendingOutput() || application.hasRemaining()) {
      if (tls.write(source, 0, 1, out) == 0) {
        return;
      }
      out.flip();
      watch(out.duplicate());
      send(out.array(), out.limit());
      out.clear();
    }
  }

  void flush(TlsConnection tls) throws IOException, TlsException {
    write(tls, ByteBuffer.allocate(0));
  }

  private void send(byte[] bytes, int length) throws IOException {
    if (held == null) {
      socket.getOutputStream().write(bytes, 0, length);
    } else {
      held.write(bytes, 0, length);
    }
  }

  /** Lets no more bytes through until {@link #release}. */
  void hold() {
    held = new ByteArrayOutputStream();
  }

  void release() throws IOException {
    if (held != null) {
      byte[] bytes = held.toByteArray();
      held = null;
      send(bytes, bytes.length);
    }
  }

  private void watch(ByteBuffer records) {
    while (records.hasRemaining()) {
      int length = RetryWatch.RECORD_HEADER + records.getShort(records.position() + 3);
      outgoing.record(records.slice(records.position(), length));
      records.position(records.position() + length);
    }
  }

  /** Sends no more, and reads until the runner has no more to say, so that nothing gets lost. */
  @Override
  public void close() throws IOException {
    try (socket) {
      release();
      socket.shutdownOutput();
      socket.getInputStream().skip(Long.MAX_VALUE);
    } catch (IOException _) {
      // The runner may have gone already.
    }
  }
}
