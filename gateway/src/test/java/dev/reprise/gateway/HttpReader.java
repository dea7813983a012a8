/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A plain HTTP client: what a test writes is what goes out, and it sees what came in. */
record HttpReader(Socket socket) {
  record Response(String statusLine, Map<String, String> headers, String body) {
    int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
    }
  }

  static Response get(HostPort address, String path) throws IOException {
    try (Socket socket = Peers.plain(address)) {
      return new HttpReader(socket)
          .send("GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\n\r\n");
    }
  }

  /** An HTTP/1.1 request with nothing but a Host. */
  static String request(String method, String path) {
    return method + " " + path + " HTTP/1.1\r\nHost: server.example\r\n\r\n";
  }

  Response send(String request) throws IOException {
    write(request);
    return read(!request.startsWith("HEAD "));
  }

  void write(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  Response read(boolean withBody) throws IOException {
    String statusLine = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
    return new Response(
        statusLine, headers, new String(socket.getInputStream().readNBytes(length), UTF_8));
  }

  /** Whether the other side ended in good order, with nothing more to read. */
  boolean ended() throws IOException {
    return socket.getInputStream().read() < 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("after " + line.toString(ISO_8859_1));
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
