/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.interop.Program;
import dev.reprise.jsse.Reprise;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * Our end of a TCP connection: an engine, since that alone tells a close_notify from a cut, and can
 * leave either away. For one thread.
 */
final class Link implements AutoCloseable {
  /** How the peer's side of the connection has ended. */
  enum End {
    CLOSE_NOTIFY,
    CUT
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** RFC 8446, Section 4.1.3: the random that makes a ServerHello a HelloRetryRequest. */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  /** Behind a record's header, a message's header and the version. */
  private static final int RANDOM_AT = 5 + 4 + 2;

  private final Socket socket;
  private final SSLEngine engine;
  private final ByteBuffer arrived;
  private final ByteBuffer outgoing;
  private final ByteBuffer plaintext;
  private final ByteArrayOutputStream serversFirst = new ByteArrayOutputStream();

  private Link(Socket socket, SSLEngine engine) throws IOException {
    this.socket = socket;
    this.engine = engine;
    socket.setSoTimeout((int) Program.PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    this.arrived = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize()).flip();
    this.outgoing = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    this.plaintext = ByteBuffer.allocate(4 * engine.getSession().getApplicationBufferSize()).flip();
  }

  /** Connects a client's engine to the port that it expects its peer at. */
  static Link connect(SSLEngine engine) throws IOException {
    return shaken(new Socket(InetAddress.getLoopbackAddress(), engine.getPeerPort()), engine);
  }

  static Link accept(Socket socket, SSLEngine engine) throws IOException {
    return shaken(socket, engine);
  }

  private static Link shaken(Socket socket, SSLEngine engine) throws IOException {
    Link link = new Link(socket, engine);
    try {
      engine.beginHandshake();
      while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
        link.step();
      }
    } catch (IOException e) {
      link.alert();
      socket.close();
      throw e;
    }
    return link;
  }

  SSLSession session() {
    return engine.getSession();
  }

  ResumptionOutcome outcome() {
    return Objects.requireNonNull(Reprise.outcome(engine.getSession()));
  }

  String applicationProtocol() {
    return engine.getApplicationProtocol();
  }

  /** Whether the server's first message was a HelloRetryRequest. */
  boolean retried() {
    byte[] first = serversFirst.toByteArray();
    int end = RANDOM_AT + RETRY.length;
    return first.length >= end && Arrays.equals(Arrays.copyOfRange(first, RANDOM_AT, end), RETRY);
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int each) throws IOException {
        write(new byte[] {(byte) each}, 0, 1);
      }

      @Override
      public void write(byte[] data, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(data, offset, length);
        while (rest.hasRemaining()) {
          wrap(rest);
        }
      }
    };
  }

  /** Ends where the peer has sent close_notify; a cut is an {@link EOFException}. */
  InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] data, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (!awaitPlaintext()) {
          return -1;
        }
        int read = Math.min(length, plaintext.remaining());
        plaintext.get(data, offset, read);
        return read;
      }
    };
  }

  /** Sends close_notify; the other direction stays open. */
  void finish() throws IOException {
    engine.closeOutbound();
    while (!engine.isOutboundDone()) {
      wrap(NOTHING);
    }
  }

  /** Reads to the end, whatever comes. */
  End awaitEnd() {
    try {
      while (awaitPlaintext()) {
        plaintext.clear().flip();
      }
      return End.CLOSE_NOTIFY;
    } catch (IOException _) {
      return End.CUT;
    }
  }

  /** Without a close_notify, if none was sent before. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private boolean awaitPlaintext() throws IOException {
    while (!plaintext.hasRemaining()) {
      if (engine.isInboundDone()) {
        return false;
      }
      step();
    }
    return true;
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
    if (!engine.getUseClientMode()) {
      remember(outgoing.array(), 0, outgoing.position());
    }
    socket.getOutputStream().write(outgoing.array(), 0, outgoing.position());
  }

  private void unwrap() throws IOException {
    plaintext.compact();
    try {
      SSLEngineResult result = engine.unwrap(arrived, plaintext);
      if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
        receive();
      }
    } finally {
      plaintext.flip();
    }
  }

  private void receive() throws IOException {
    arrived.compact();
    int start = arrived.position();
    int length = socket.getInputStream().read(arrived.array(), start, arrived.remaining());
    if (length < 0) {
      throw new EOFException("cut off");
    }
    if (engine.getUseClientMode()) {
      remember(arrived.array(), start, length);
    }
    arrived.position(start + length).flip();
  }

  private void remember(byte[] bytes, int offset, int length) {
    if (serversFirst.size() < RANDOM_AT + RETRY.length) {
      serversFirst.write(bytes, offset, length);
    }
  }

  private void alert() {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        wrap(NOTHING);
      }
    } catch (SSLException _) {
      // It has said why before.
    } catch (IOException _) {
      // The peer has gone.
    }
  }
}
