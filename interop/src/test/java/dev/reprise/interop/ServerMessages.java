/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.testkit.Flight;
import dev.reprise.testkit.Side;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * What anybody on the way can read of a server's handshake, without asking either engine. A reader
 * of well-formed bytes only.
 */
final class ServerMessages {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;
  private static final int PRE_SHARED_KEY = 41;

  /** RFC 8446, Section 4.1.3: the random that makes a ServerHello a HelloRetryRequest. */
  private static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  private boolean retried;
  private boolean certificateShown;
  private boolean preSharedKeyTaken;

  static ServerMessages of(List<Flight> flights) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    flights.stream()
        .filter(each -> each.from() == Side.SERVER)
        .forEach(each -> bytes.writeBytes(each.bytes()));
    ServerMessages messages = new ServerMessages();
    messages.readMessages(messages.clearHandshake(ByteBuffer.wrap(bytes.toByteArray())));
    return messages;
  }

  /** Whether the client was told to come again with another key share. */
  boolean retried() {
    return retried;
  }

  /** RFC 5246, Section 7.3 and RFC 8446, Section 4.2.11: what makes a handshake an abbreviated. */
  boolean resumed(Version version) {
    return switch (version) {
      case TLS12 -> !certificateShown;
      case TLS13 -> preSharedKeyTaken;
    };
  }

  /**
   * Joins what is sent in the clear. A ChangeCipherSpec ends it, unless it follows a
   * HelloRetryRequest, where it says nothing (RFC 8446, Appendix D.4).
   */
  private ByteBuffer clearHandshake(ByteBuffer records) {
    ByteArrayOutputStream clear = new ByteArrayOutputStream();
    boolean encrypted = false;
    while (records.hasRemaining() && !encrypted) {
      int type = records.get();
      byte[] content = new byte[records.getShort(records.position() + 2)];
      records.position(records.position() + 4).get(content);
      switch (type) {
        case HANDSHAKE -> clear.writeBytes(content);
        case CHANGE_CIPHER_SPEC -> encrypted = !isRetry(ByteBuffer.wrap(clear.toByteArray()));
        default -> encrypted = true;
      }
    }
    return ByteBuffer.wrap(clear.toByteArray());
  }

  private void readMessages(ByteBuffer messages) {
    while (messages.hasRemaining()) {
      int type = messages.get(messages.position());
      int length = messages.getInt(messages.position()) & 0xffffff;
      ByteBuffer message = messages.slice(messages.position(), 4 + length);
      messages.position(messages.position() + 4 + length);
      certificateShown |= type == CERTIFICATE;
      if (isRetry(message)) {
        retried = true;
      } else if (type == SERVER_HELLO) {
        preSharedKeyTaken = hasPreSharedKey(message);
      }
    }
  }

  /** Whether a HelloRetryRequest is all there is. */
  private static boolean isRetry(ByteBuffer message) {
    boolean alone =
        message.remaining() > 38
            && message.remaining() == 4 + (message.getInt(message.position()) & 0xffffff);
    return alone && message.slice(6, RETRY.length).equals(ByteBuffer.wrap(RETRY));
  }

  private static boolean hasPreSharedKey(ByteBuffer hello) {
    int afterRandom = 4 + 2 + 32;
    hello.position(afterRandom + 1 + hello.get(afterRandom) + 2 + 1);
    if (!hello.hasRemaining()) {
      return false;
    }
    hello.getShort();
    while (hello.hasRemaining()) {
      if (hello.getShort() == PRE_SHARED_KEY) {
        return true;
      }
      hello.position(hello.position() + 2 + hello.getShort(hello.position()));
    }
    return false;
  }
}
