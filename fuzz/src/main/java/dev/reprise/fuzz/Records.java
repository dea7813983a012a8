/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.crypto.AeadAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A connection's records as fuzzers see them: {@code struct { uint8 kind; uint16 length; opaque
 * content[length]; }}, one after the other. Headers, tags and inner types are put around the
 * content here, since a mutation would break them each time; as {@link #RAW} they are not.
 */
final class Records {
  private static final int CONTENT_TYPE = 0x03;

  /** As TLS 1.3 protects: the type inside, under application_data. */
  static final int PROTECTED_13 = 0x10;

  /** As TLS 1.2 protects with AES-GCM: an explicit nonce first. */
  static final int PROTECTED_12 = 0x20;

  /** The content is the record, header and all. */
  static final int RAW = 0x40;

  private static final int HEADER = 5;
  private static final int NONCE = 8;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;
  private static final int LONGEST = 0xffff;

  private Records() {}

  /** The bytes of the next record. */
  static byte[] next(Input input) {
    int kind = input.uint8();
    byte[] content = input.take(input.uint16());
    int type = CHANGE_CIPHER_SPEC + (kind & CONTENT_TYPE);
    if ((kind & RAW) != 0) {
      return content;
    }
    if ((kind & PROTECTED_13) != 0) {
      byte[] inner = Arrays.copyOf(content, content.length + 1 + AeadAlgorithm.TAG_LENGTH);
      inner[content.length] = (byte) type;
      return record(APPLICATION_DATA, inner);
    }
    if ((kind & PROTECTED_12) != 0) {
      byte[] payload = new byte[NONCE + content.length + AeadAlgorithm.TAG_LENGTH];
      System.arraycopy(content, 0, payload, NONCE, content.length);
      return record(type, payload);
    }
    return record(type, content);
  }

  /** What {@link #next} reads the records of {@code stream} from, {@code kind} of protection. */
  static byte[] script(byte[] stream, int kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(stream);
    boolean keyed = false;
    while (in.hasRemaining()) {
      int type = in.get();
      in.getShort();
      byte[] payload = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(payload);
      boolean sealed = kind == PROTECTED_13 ? type == APPLICATION_DATA : keyed;
      keyed |= type == CHANGE_CIPHER_SPEC;
      append(out, type, sealed ? kind : 0, payload);
    }
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, int type, int kind, byte[] payload) {
    int from = kind == PROTECTED_12 ? NONCE : 0;
    int to = payload.length - (kind == 0 ? 0 : AeadAlgorithm.TAG_LENGTH);
    int inner = type;
    if (kind == PROTECTED_13) {
      inner = payload[--to];
    }
    out.write(kind | (inner - CHANGE_CIPHER_SPEC));
    out.write((to - from) >>> 8);
    out.write(to - from);
    out.write(payload, from, to - from);
  }

  private static byte[] record(int type, byte[] payload) {
    int length = Math.min(payload.length, LONGEST);
    ByteBuffer out = ByteBuffer.allocate(HEADER + length);
    out.put((byte) type).put((byte) 3).put((byte) 3).putShort((short) length);
    return out.put(payload, 0, length).array();
  }
}
