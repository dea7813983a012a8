/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Limits;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsReader;
import org.jspecify.annotations.Nullable;

/**
 * Joins fragments to whole handshake messages, the only place that waits for their bytes. Messages
 * share the bytes of the fragment they came in; only one that spans fragments is copied, into an
 * array that grows with what has come, never with what a header announces.
 *
 * <pre>struct { HandshakeType msg_type; uint24 length; ... } Handshake;</pre>
 *
 * RFC 8446, Section 4; RFC 5246, Section 7.4.
 */
public final class HandshakeDeframer {
  private static final int HEADER_LENGTH = 4;
  private static final byte[] NONE = new byte[0];

  private byte[] array = NONE;
  private boolean mayAppend;
  private int start;
  private int end;

  /**
   * A whole message.
   *
   * @param body to be read and emptied
   * @param encoded header and body as they came, for the transcript
   */
  public record Message(HandshakeType type, TlsReader body, Opaque encoded) {}

  /** Takes in the content of the next handshake record. */
  public void add(Opaque fragment) throws TlsException {
    if (start == end) {
      adopt(fragment);
    } else {
      append(fragment);
    }
  }

  /**
   * The next whole message, or null if more fragments must come first. It is to be asked until it
   * answers null before another record is read.
   *
   * @throws TlsException {@code unexpected_message} if the type is unknown, {@code decode_error} if
   *     the message is longer than any may be; both as soon as it can be told
   */
  public @Nullable Message next() throws TlsException {
    if (start == end) {
      return null;
    }
    HandshakeType type = type(array[start] & 0xff);
    if (end - start < HEADER_LENGTH) {
      return null;
    }
    int length = HEADER_LENGTH + bodyLength();
    requireWithinLimit(type, length - HEADER_LENGTH);
    return end - start < length ? null : take(type, length);
  }

  /** Whether nothing is left over: no message half read and none waiting. */
  public boolean aligned() {
    return start == end;
  }

  /** Whether what is left over begins with a message of {@code type}. */
  public boolean startsWith(HandshakeType type) {
    return start < end && (array[start] & 0xff) == type.code();
  }

  /** Bytes held for messages that are not complete; what is shared with a fragment counts as 0. */
  int capacity() {
    return mayAppend ? array.length : 0;
  }

  private Message take(HandshakeType type, int length) {
    Opaque encoded = Opaque.takeOver(array, start, length);
    start += length;
    if (start == end) {
      adopt(Opaque.EMPTY);
    }
    Opaque body = encoded.slice(HEADER_LENGTH, length - HEADER_LENGTH);
    return new Message(type, TlsReader.of(body), encoded);
  }

  private void adopt(Opaque fragment) {
    array = fragment.array();
    start = fragment.offset();
    end = start + fragment.length();
    mayAppend = false;
  }

  /** Writes after {@code end} only: what lies before it may have been given away already. */
  private void append(Opaque fragment) throws TlsException {
    int needed = end - start + fragment.length();
    if (needed > HEADER_LENGTH + Limits.HANDSHAKE_MESSAGE_BYTES + RecordLimits.PLAINTEXT) {
      throw TlsException.unexpectedMessage("Handshake messages come faster than they can be read");
    }
    if (!mayAppend || array.length - end < fragment.length()) {
      grow(needed);
    }
    fragment.copyTo(array, end);
    end += fragment.length();
  }

  private void grow(int needed) {
    byte[] larger = new byte[Math.max(needed, Math.min(2 * needed, announced()))];
    System.arraycopy(array, start, larger, 0, end - start);
    end -= start;
    start = 0;
    array = larger;
    mayAppend = true;
  }

  private int announced() {
    return end - start < HEADER_LENGTH ? 0 : HEADER_LENGTH + bodyLength();
  }

  private int bodyLength() {
    return ((array[start + 1] & 0xff) << 16)
        | ((array[start + 2] & 0xff) << 8)
        | (array[start + 3] & 0xff);
  }

  /** RFC 8446, Section 4.4.1 has message_hash in the transcript only, never on the wire. */
  private static HandshakeType type(int code) throws TlsException {
    HandshakeType type = HandshakeType.of(code);
    if (type == null || type == HandshakeType.MESSAGE_HASH) {
      throw TlsException.unexpectedMessage("A handshake message of the unknown type " + code);
    }
    return type;
  }

  private static void requireWithinLimit(HandshakeType type, int length) throws DecodeException {
    int limit = Limits.messageBytes(type);
    if (length > limit) {
      throw new DecodeException(type + " is " + length + " bytes long; at most " + limit);
    }
  }
}
