/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much HTTP as it takes to send a body and get it back. */
final class Http {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
  private static final int LONGEST_HEAD = 16_384;

  /**
   * @param head ends with an empty line
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares messages.
  record Message(String head, byte[] body) {
    String field(String name) {
      Matcher field = Pattern.compile("(?i)\r\n" + name + ": *([^\r]*)\r\n").matcher(head);
      return field.find() ? field.group(1) : "";
    }
  }

  private Http() {}

  static byte[] request(byte[] body) {
    return message("POST /echo HTTP/1.1\r\nHost: localhost\r\n", body);
  }

  static byte[] response(byte[] body) {
    return message("HTTP/1.1 200 OK\r\n", body);
  }

  static Message read(InputStream in) throws IOException {
    String head = head(in);
    Matcher length = LENGTH.matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return new Message(head, body);
  }

  /** Answers one request with its own body. */
  static byte[] echo(InputStream in, OutputStream out) throws IOException {
    byte[] body = read(in).body();
    out.write(response(body));
    out.flush();
    return body;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() > LONGEST_HEAD) {
        throw new EOFException("no end of " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] message(String start, byte[] body) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    String head = start + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
    message.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    message.writeBytes(body);
    return message.toByteArray();
  }
}
