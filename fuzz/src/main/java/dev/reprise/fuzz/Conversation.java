/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.wire.TlsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client and a server who believe each other, and all that they said. */
final class Conversation {
  private final TlsConnection client;
  private final TlsConnection server;
  final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
  final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();

  private Conversation(ClientConfig client, ServerConfig server) throws TlsException {
    this.client = TlsConnection.client(client);
    this.server = TlsConnection.server(server);
  }

  /** A handshake, a request and an answer, new keys where there can be some, and the end. */
  static Conversation of(ClientConfig clientConfig, ServerConfig serverConfig) throws TlsException {
    Conversation talk = new Conversation(clientConfig, serverConfig);
    talk.exchange(0);
    if (!talk.client.isConnected() || !talk.server.isConnected()) {
      throw new AssertionError("No connection", talk.client.failure());
    }
    talk.exchange(16);
    if (talk.server.negotiation() != null
        && talk.client.info() != null
        && talk.client.info().version() == dev.reprise.engine.wire.ProtocolVersion.TLS13) {
      talk.client.updateKeys();
      talk.server.updateKeys();
    }
    talk.exchange(1);
    talk.client.closeOutbound();
    talk.server.closeOutbound();
    talk.exchange(0);
    return talk;
  }

  /** Back and forth until neither has more to say, each beginning with that many bytes. */
  private void exchange(int length) throws TlsException {
    byte[] text = "0123456789abcdef".substring(0, length).getBytes(StandardCharsets.US_ASCII);
    byte[] toServer = say(client, text, fromClient);
    byte[] toClient = say(server, text, fromServer);
    while (toServer.length + toClient.length > 0) {
      hear(server, toServer);
      hear(client, toClient);
      toServer = say(client, new byte[0], fromClient);
      toClient = say(server, new byte[0], fromServer);
    }
  }

  private static byte[] say(TlsConnection side, byte[] text, ByteArrayOutputStream record)
      throws TlsException {
    ByteBuffer out = ByteBuffer.allocate(1 << 18);
    ByteBuffer[] in = {ByteBuffer.wrap(text)};
    while (side.hasPendingOutput() || in[0].hasRemaining()) {
      if (side.write(in, 0, 1, out) == 0) {
        break;
      }
    }
    byte[] said = java.util.Arrays.copyOf(out.array(), out.position());
    record.writeBytes(said);
    return said;
  }

  private static void hear(TlsConnection side, byte[] bytes) throws TlsException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteBuffer application = ByteBuffer.allocate(TlsConnection.LONGEST_APPLICATION_SPACE);
    while (in.hasRemaining()) {
      side.read(in, application.clear());
      for (Task task = side.task(); task != null; task = side.task()) {
        task.run();
        side.complete(task);
      }
      if (side.failure() != null) {
        throw new AssertionError("A seed is refused", side.failure());
      }
    }
  }
}
