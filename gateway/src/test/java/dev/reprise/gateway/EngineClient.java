/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** A blocking client over an engine: one request, one answer, and the end. */
final class EngineClient {
  private static final int LONGEST = 1 << 16;

  private final SSLEngine engine;
  private final Socket socket;
  private final ByteBuffer network = ByteBuffer.allocate(LONGEST).flip();
  private final ByteBuffer application = ByteBuffer.allocate(LONGEST);

  private EngineClient(SSLEngine engine, Socket socket) {
    this.engine = engine;
    this.socket = socket;
  }

  /** What the built-in backend says of a connection of its own, which is closed then. */
  static String ask(SSLContext context, int port, String protocol) throws IOException {
    SSLEngine engine = context.createSSLEngine("localhost", port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    try (Socket socket = Peers.plain(new HostPort("127.0.0.1", port))) {
      return new EngineClient(engine, socket).ask();
    }
  }

  private String ask() throws IOException {
    engine.beginHandshake();
    while (!isConnected()) {
      step();
    }
    send(ByteBuffer.wrap(HttpReader.request("GET", "/connection").getBytes(ISO_8859_1)));
    String answer = text();
    while (!answer.endsWith("}") && !answer.endsWith("}\n")) {
      receive();
      answer = text();
    }
    engine.closeOutbound();
    send(ByteBuffer.allocate(0));
    return answer;
  }

  private String text() {
    return new String(application.array(), 0, application.position(), ISO_8859_1);
  }

  private boolean isConnected() {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private void step() throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> send(ByteBuffer.allocate(0));
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receive();
      case NOT_HANDSHAKING, FINISHED -> {}
    }
  }

  private void send(ByteBuffer data) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(LONGEST);
    do {
      engine.wrap(data, out);
    } while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || data.hasRemaining());
    socket.getOutputStream().write(out.array(), 0, out.position());
  }

  /** One record. */
  private void receive() throws IOException {
    while (engine.unwrap(network, application).getStatus()
        == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
      network.compact();
      int read =
          socket.getInputStream().read(network.array(), network.position(), network.remaining());
      if (read < 0) {
        throw new EOFException("The gateway ended before its answer");
      }
      network.position(network.position() + read).flip();
    }
  }
}
