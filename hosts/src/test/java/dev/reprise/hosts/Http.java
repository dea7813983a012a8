/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as it takes to ask one thing on one connection. */
final class Http {
  private static final int SHORT = 1000;

  private Http() {}

  /** An answer; {@code text} is empty if it was long. */
  record Answer(int status, Content.Sum sum, String text) {}

  static Answer get(EngineClient client, String path) throws IOException {
    client.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return read(client);
  }

  /** Announces 1,000 bytes and sends ten. */
  static void startUpload(EngineClient client) throws IOException {
    client.write(
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n0123456789");
  }

  static Answer read(EngineClient client) throws IOException {
    String head = head(client);
    long length = contentLength(head);
    Content.Summing summing = new Content.Summing();
    StringBuilder text = new StringBuilder();
    while (summing.sum().length() < length) {
      byte[] part = new byte[(int) Math.min(1 << 14, length - summing.sum().length())];
      int count = client.read(part);
      if (count < 0) {
        throw new EOFException("The answer ends after " + summing.sum().length() + " bytes");
      }
      summing.write(part, 0, count);
      if (length <= SHORT) {
        text.append(new String(part, 0, count, StandardCharsets.UTF_8));
      }
    }
    return new Answer(status(head), summing.sum(), text.toString());
  }

  private static String head(EngineClient client) throws IOException {
    StringBuilder head = new StringBuilder();
    byte[] one = new byte[1];
    while (head.indexOf("\r\n\r\n") < 0) {
      if (client.read(one) < 0) {
        throw new EOFException("The answer ends in its head: " + head);
      }
      head.append(new String(one, StandardCharsets.ISO_8859_1));
    }
    return head.toString();
  }

  private static int status(String head) {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  private static long contentLength(String head) {
    for (String line : head.toLowerCase(Locale.ROOT).split("\r\n", -1)) {
      if (line.startsWith("content-length:")) {
        return Long.parseLong(line.substring("content-length:".length()).strip());
      }
    }
    throw new AssertionError("An answer here has a Content-Length: " + head);
  }
}
