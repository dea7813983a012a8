/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/**
 * The five bytes before each record, read without consuming them.
 *
 * <pre>ContentType type; ProtocolVersion legacy_record_version; uint16 length;</pre>
 *
 * RFC 8446, Section 5.1; RFC 5246, Section 6.2.1.
 */
final class RecordHeader {
  static final int LENGTH = 5;

  /** What all records carry, but the first ClientHello's. */
  static final int VERSION = 0x0303;

  /** RFC 8446, Section 5.1: "an initial ClientHello SHOULD have version 0x0301". */
  static final int INITIAL_VERSION = 0x0301;

  private RecordHeader() {}

  /** The length of the record at {@code in}, header included; -1 if the header is not complete. */
  static int recordLength(ByteBuffer in) throws TlsException {
    int available = in.remaining();
    if (available > 0) {
      type(in);
    }
    if (available > 1) {
      requireMajorVersion(in);
    }
    if (available < LENGTH) {
      return -1;
    }
    int length = uint16(in, in.position() + 3);
    requireLength(length, RecordLimits.PAYLOAD);
    return LENGTH + length;
  }

  /**
   * RFC 8446, Section 5: "If a TLS implementation receives an unexpected record type, it MUST
   * terminate the connection with an "unexpected_message" alert."
   */
  static ContentType type(ByteBuffer in) throws TlsException {
    int code = in.get(in.position()) & 0xff;
    ContentType type = ContentType.of(code);
    if (type == null) {
      throw TlsException.unexpectedMessage("A record of the unknown type " + code);
    }
    return type;
  }

  static int version(ByteBuffer in) {
    return uint16(in, in.position() + 1);
  }

  static void write(ByteBuffer out, ContentType type, int version, int length) {
    out.put((byte) type.code());
    out.put((byte) (version >>> 8)).put((byte) version);
    out.put((byte) (length >>> 8)).put((byte) length);
  }

  static void requireLength(int length, int maximum) throws TlsException {
    if (length > maximum) {
      throw TlsException.misbehaved(
          AlertDescription.RECORD_OVERFLOW,
          "A record's payload is " + length + " bytes long; at most " + maximum);
    }
  }

  /** All of SSL 3.0 and TLS 1.0 to 1.3 have the major version 3 here; what has not is no TLS. */
  private static void requireMajorVersion(ByteBuffer in) throws TlsException {
    int major = in.get(in.position() + 1);
    if (major != VERSION >>> 8) {
      throw unknownVersion("A record's version starts with " + (major & 0xff));
    }
  }

  /** Byte by byte, since callers may have set their buffer's order to little endian. */
  private static int uint16(ByteBuffer in, int at) {
    return ((in.get(at) & 0xff) << 8) | (in.get(at + 1) & 0xff);
  }

  static TlsException unknownVersion(String sentence) {
    return TlsException.misbehaved(AlertDescription.PROTOCOL_VERSION, sentence);
  }
}
