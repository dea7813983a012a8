/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.wire.Dialect;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.HandshakeMessages;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import java.util.List;

/** {@code uint8 dialect, HandshakeType type, opaque body[rest]}: every message of every dialect. */
public final class MessageTarget {
  static final List<Dialect> DIALECTS = List.of(Dialect.values());

  private static final int HEADER = 4;

  private MessageTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    boolean _ = reads(bytes);
  }

  /** Whether it is a message. */
  static boolean reads(byte[] bytes) {
    Input input = new Input(bytes);
    Dialect dialect = input.oneOf(DIALECTS);
    HandshakeType type = HandshakeType.of(input.uint8());
    if (type == null) {
      return false;
    }
    Opaque body = Opaque.takeOver(input.rest());
    return Allocation.bounded(bytes.length, () -> attempt(type, dialect, body));
  }

  private static boolean attempt(HandshakeType type, Dialect dialect, Opaque body) {
    try {
      HandshakeMessage message = HandshakeMessages.read(type, dialect, TlsReader.of(body));
      requireReadable(dialect, message);
      return true;
    } catch (TlsException e) {
      return false;
    }
  }

  /** What was read can be written, and reads again as the same. */
  static void requireReadable(Dialect dialect, HandshakeMessage message) throws TlsException {
    Opaque written = HandshakeMessages.encode(message);
    Opaque body = written.slice(HEADER, written.length() - HEADER);
    HandshakeMessage again = HandshakeMessages.read(message.type(), dialect, TlsReader.of(body));
    if (!written.equals(HandshakeMessages.encode(again))) {
      throw new AssertionError(message + " reads again as " + again);
    }
  }
}
