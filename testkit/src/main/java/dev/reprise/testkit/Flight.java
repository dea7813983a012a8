/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** All that one side sent until the other had its turn: half a round trip. */
public final class Flight {
  private final Side from;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  Flight(Side from) {
    this.from = from;
  }

  public Side from() {
    return from;
  }

  /** In bytes, with the record headers. */
  public int length() {
    return content.size();
  }

  public byte[] bytes() {
    return content.toByteArray();
  }

  /**
   * The outer content type of each record and its length on the wire, header included; a record
   * that is cut short ends the list.
   */
  public List<String> records() {
    List<String> records = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes());
    while (rest.remaining() >= 5) {
      int start = rest.position();
      int end = start + 5 + Short.toUnsignedInt(rest.getShort(start + 3));
      records.add(contentType(rest.get(start)) + " " + (end - start));
      rest.position(Math.min(end, rest.limit()));
    }
    return records;
  }

  @Override
  public String toString() {
    return from + " " + length() + " bytes " + records();
  }

  void add(byte[] bytes) {
    content.writeBytes(bytes);
  }

  private static String contentType(byte type) {
    return switch (type) {
      case 20 -> "change_cipher_spec";
      case 21 -> "alert";
      case 22 -> "handshake";
      case 23 -> "application_data";
      default -> "type " + Byte.toUnsignedInt(type);
    };
  }
}
