/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads the hello that a flight begins with, and rewrites it on its way. */
final class Hellos {
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int CHANGE_CIPHER_SPEC = 6;

  private Hellos() {}

  static ClientHello client(byte[] flight) {
    return (ClientHello) read(flight);
  }

  static ServerHello server(byte[] flight) {
    return (ServerHello) read(flight);
  }

  /** Rewrites each ClientHello; before a second one there may be a ChangeCipherSpec. */
  static UnaryOperator<byte[]> ofClient(UnaryOperator<ClientHello> change) {
    return flight -> {
      int before = flight.length > CHANGE_CIPHER_SPEC && flight[0] == 20 ? CHANGE_CIPHER_SPEC : 0;
      byte[] rest = Arrays.copyOfRange(flight, before, flight.length);
      return beginsWith(rest, HandshakeType.CLIENT_HELLO)
          ? Pair.join(Arrays.copyOf(flight, before), replace(rest, change.apply(client(rest))))
          : flight;
    };
  }

  /** Rewrites each ServerHello. */
  static UnaryOperator<byte[]> ofServer(UnaryOperator<ServerHello> change) {
    return flight ->
        beginsWith(flight, HandshakeType.SERVER_HELLO)
            ? replace(flight, change.apply(server(flight)))
            : flight;
  }

  static ClientHello with(ClientHello hello, UnaryOperator<List<Extension>> change) {
    return new ClientHello(
        hello.legacyVersion(),
        hello.random(),
        hello.sessionId(),
        hello.cipherSuites(),
        hello.compressionMethods(),
        changed(hello.extensions(), change));
  }

  static ClientHello withSessionId(ClientHello hello, Opaque sessionId) {
    return new ClientHello(
        hello.legacyVersion(),
        hello.random(),
        sessionId,
        hello.cipherSuites(),
        hello.compressionMethods(),
        hello.extensions());
  }

  static ServerHello with(ServerHello hello, UnaryOperator<List<Extension>> change) {
    return new ServerHello(
        hello.legacyVersion(),
        hello.random(),
        hello.sessionId(),
        hello.cipherSuite(),
        hello.compressionMethod(),
        changed(hello.extensions(), change));
  }

  static ServerHello withSessionId(ServerHello hello, Opaque sessionId) {
    return new ServerHello(
        hello.legacyVersion(),
        hello.random(),
        sessionId,
        hello.cipherSuite(),
        hello.compressionMethod(),
        hello.extensions());
  }

  static ServerHello withSuite(ServerHello hello, int suite) {
    return new ServerHello(
        hello.legacyVersion(),
        hello.random(),
        hello.sessionId(),
        suite,
        hello.compressionMethod(),
        hello.extensions());
  }

  /** The list without extensions of {@code type}. */
  static UnaryOperator<List<Extension>> without(Class<? extends Extension> type) {
    return extensions -> {
      extensions.removeIf(type::isInstance);
      return extensions;
    };
  }

  /** The list with {@code extension} instead of another of its kind, or else first. */
  static UnaryOperator<List<Extension>> having(Extension extension) {
    return extensions -> {
      boolean there = extensions.stream().anyMatch(e -> e.getClass() == extension.getClass());
      extensions.replaceAll(e -> e.getClass() == extension.getClass() ? extension : e);
      if (!there) {
        extensions.add(0, extension);
      }
      return extensions;
    };
  }

  private static Extensions changed(Extensions before, UnaryOperator<List<Extension>> change) {
    return Extensions.of(change.apply(new ArrayList<>(before.list())).toArray(new Extension[0]));
  }

  static boolean beginsWith(byte[] flight, HandshakeType type) {
    return flight.length > RECORD_HEADER + MESSAGE_HEADER
        && flight[0] == 22
        && flight[RECORD_HEADER] == type.code();
  }

  private static HandshakeMessage read(byte[] flight) {
    HandshakeType type =
        beginsWith(flight, HandshakeType.CLIENT_HELLO)
            ? HandshakeType.CLIENT_HELLO
            : HandshakeType.SERVER_HELLO;
    Opaque body =
        Opaque.takeOver(
            flight, RECORD_HEADER + MESSAGE_HEADER, messageLength(flight) - MESSAGE_HEADER);
    try {
      return HandshakeMessages.read(type, Dialect.HELLO, TlsReader.of(body));
    } catch (TlsException e) {
      throw new AssertionError("The flight begins with no hello", e);
    }
  }

  private static int messageLength(byte[] flight) {
    return MESSAGE_HEADER + Short.toUnsignedInt(ByteBuffer.wrap(flight).getShort(7));
  }

  private static byte[] replace(byte[] flight, HandshakeMessage hello) {
    int record = RECORD_HEADER + Short.toUnsignedInt(ByteBuffer.wrap(flight).getShort(3));
    byte[] message = HandshakeMessages.encode(hello).toArray();
    byte[] rest = Arrays.copyOfRange(flight, RECORD_HEADER + messageLength(flight), record);
    ByteBuffer out = ByteBuffer.allocate(RECORD_HEADER + message.length + rest.length);
    out.put(flight, 0, 3).putShort((short) (message.length + rest.length)).put(message).put(rest);
    return Pair.join(out.array(), Arrays.copyOfRange(flight, record, flight.length));
  }
}
