/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSession;

/** A client's engine over a TCP connection to this machine, for one thread and lines of text. */
final class Connection implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Socket socket;
  private final SSLEngine engine;
  private final ByteBuffer arrived;
  private final ByteBuffer outgoing;
  private final ByteBuffer plaintext;

  private Connection(Socket socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    this.arrived = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize()).flip();
    this.outgoing = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    this.plaintext = ByteBuffer.allocate(4 * engine.getSession().getApplicationBufferSize());
  }

  /** Connects to the port that {@code engine} expects its peer at, and shakes hands. */
  static Connection open(SSLEngine engine) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.getPeerPort());
    socket.setSoTimeout((int) Program.PATIENCE.toMillis());
    Connection connection = new Connection(socket, engine);
    try {
      connection.engine.beginHandshake();
      connection.shakeHands();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return connection;
  }

  SSLSession session() {
    return engine.getSession();
  }

  /** Sends a line and returns the next one that arrives. */
  String exchange(String line) throws IOException {
    ByteBuffer data = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
    while (data.hasRemaining()) {
      wrap(data);
    }
    while (!text().contains("\n")) {
      step();
    }
    String answer = text();
    plaintext.clear();
    return answer.strip();
  }

  /** With a close_notify; what the server may still say is not waited for. */
  @Override
  public void close() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      wrap(NOTHING);
    }
    socket.close();
  }

  private String text() {
    return new String(plaintext.array(), 0, plaintext.position(), StandardCharsets.US_ASCII);
  }

  private void shakeHands() throws IOException {
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      step();
    }
  }

  private void step() throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> wrap(NOTHING);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> unwrap();
    }
  }

  private void wrap(ByteBuffer data) throws IOException {
    outgoing.clear();
    engine.wrap(data, outgoing);
    socket.getOutputStream().write(outgoing.array(), 0, outgoing.position());
  }

  private void unwrap() throws IOException {
    SSLEngineResult result = engine.unwrap(arrived, plaintext);
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> receive();
      case BUFFER_OVERFLOW -> throw new AssertionError("a line of " + plaintext.position());
      case CLOSED -> throw new EOFException("closed after " + text());
      case OK -> {}
    }
  }

  private void receive() throws IOException {
    arrived.compact();
    int length =
        socket.getInputStream().read(arrived.array(), arrived.position(), arrived.remaining());
    if (length < 0) {
      throw new EOFException("cut off after " + text());
    }
    arrived.position(arrived.position() + length).flip();
  }
}
