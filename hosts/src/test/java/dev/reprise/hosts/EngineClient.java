/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** A client that knows of each end of a connection, TLS's and TCP's, which sockets hide. */
final class EngineClient implements AutoCloseable {
  static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final SSLEngine engine;
  private final ByteBuffer received;
  private final ByteBuffer sealed;
  private final ByteBuffer opened;

  private EngineClient(Socket socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    this.received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
    this.sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    this.opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
  }

  /** Connects, and completes the handshake as far as a client can tell. */
  static EngineClient connect(SSLContext context, int port, String version) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      SSLEngine engine = context.createSSLEngine("localhost", port);
      engine.setUseClientMode(true);
      engine.setEnabledProtocols(new String[] {version});
      EngineClient client = new EngineClient(socket, engine);
      client.handshake();
      return client;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  SSLSession session() {
    return engine.getSession();
  }

  void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      wrap(bytes);
    }
  }

  /**
   * Some bytes, or -1 after close_notify.
   *
   * @throws EOFException if the connection ended without one
   */
  int read(byte[] into) throws IOException {
    while (!opened.hasRemaining()) {
      if (engine.isInboundDone()) {
        return -1;
      }
      unwrap();
    }
    int count = Math.min(into.length, opened.remaining());
    opened.get(into, 0, count);
    return count;
  }

  /** Sends close_notify, and leaves the connection open. */
  void closeNotify() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      wrap(ByteBuffer.allocate(0));
    }
  }

  /** As if the process had ended: no close_notify, but TCP's end. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  /** As if it had ended with bytes unread. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Reads whatever comes until the peer has ended the connection too. */
  void awaitEnd() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    byte[] ignored = new byte[1 << 14];
    try {
      while (socket.getInputStream().read(ignored) >= 0) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("The peer goes on as if nothing had happened");
        }
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("The peer keeps a connection that has ended", e);
    } catch (java.net.SocketException _) {
      // A reset is an end as well.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void handshake() throws IOException {
    engine.beginHandshake();
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private void wrap(ByteBuffer bytes) throws IOException {
    SSLEngineResult result = engine.wrap(bytes, sealed.clear());
    socket.getOutputStream().write(sealed.array(), 0, result.bytesProduced());
  }

  private void unwrap() throws IOException {
    SSLEngineResult result = engine.unwrap(received, opened.compact());
    opened.flip();
    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      runTasks();
    }
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
      fill();
    } else if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
        && !engine.isInboundDone()) {
      wrap(ByteBuffer.allocate(0));
    }
  }

  private void fill() throws IOException {
    received.compact();
    int count =
        socket.getInputStream().read(received.array(), received.position(), received.remaining());
    if (count < 0) {
      try {
        engine.closeInbound();
      } catch (SSLException _) {
        // It says what the next line says.
      }
      throw new EOFException("The peer has ended without close_notify");
    }
    received.position(received.position() + count).flip();
  }
}
