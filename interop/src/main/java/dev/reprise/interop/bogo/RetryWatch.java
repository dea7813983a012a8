/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ServerHello;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Looks at the records of one direction for a HelloRetryRequest as their first message. */
final class RetryWatch {
  static final int RECORD_HEADER = 5;

  /** Behind the message's header and legacy_version. */
  private static final int RANDOM_OFFSET = 4 + 2;

  private static final int RANDOM_LENGTH = 32;

  private final ByteArrayOutputStream start = new ByteArrayOutputStream();

  void record(ByteBuffer record) {
    if (record.get(0) == ContentType.HANDSHAKE.code()
        && start.size() < RANDOM_OFFSET + RANDOM_LENGTH) {
      byte[] payload = new byte[record.capacity() - RECORD_HEADER];
      record.get(RECORD_HEADER, payload);
      start.writeBytes(payload);
    }
  }

  boolean seen() {
    byte[] message = start.toByteArray();
    return message.length >= RANDOM_OFFSET + RANDOM_LENGTH
        && message[0] == HandshakeType.SERVER_HELLO.code()
        && Opaque.takeOver(message, RANDOM_OFFSET, RANDOM_LENGTH)
            .equals(ServerHello.HELLO_RETRY_REQUEST_RANDOM);
  }
}
