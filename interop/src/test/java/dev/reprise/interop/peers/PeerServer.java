/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server of somebody else's that listens. */
interface PeerServer extends AutoCloseable {
  int port();

  /**
   * Sends {@code body}, and returns what came back with the changes that the server makes undone.
   */
  byte[] exchange(Link link, byte[] body) throws IOException;

  /** Makes the server close first, once it has been asked for something; false if nothing does. */
  boolean letClose(Link link) throws IOException;

  /** Whether it answers a close_notify that comes first. */
  default boolean answersClose() {
    return true;
  }

  /** What it says of the connection that was opened last, or of the answer to it. */
  Told told() throws IOException;

  /** Ends the server or at least its connections, without close_notify. */
  void cut() throws IOException;

  @Override
  void close();

  /**
   * What the peer tells by itself; null where it does not.
   *
   * @param client the subject of the client's certificate
   */
  record Told(@Nullable Boolean resumed, @Nullable String client, @Nullable String protocol) {
    void confirm(boolean resumed, @Nullable String client, @Nullable String protocol) {
      Optional.ofNullable(this.resumed)
          .ifPresent(told -> assertEquals(resumed, told, "resumed, says the peer"));
      Optional.ofNullable(this.client)
          .ifPresent(told -> assertEquals(client, told, "the client, says the peer"));
      Optional.ofNullable(this.protocol)
          .ifPresent(told -> assertEquals(protocol, told, "ALPN, says the peer"));
    }
  }

  /** Of servers that give back what they get: a piece at a time, so that neither side waits. */
  static byte[] echoed(Link link, byte[] body) throws IOException {
    byte[] back = new byte[body.length];
    int piece = 64 * Content.LINE;
    for (int at = 0; at < body.length; at += piece) {
      int length = Math.min(piece, body.length - at);
      link.out().write(body, at, length);
      link.in().readNBytes(back, at, length);
    }
    return back;
  }

  static byte[] posted(Link link, byte[] body) throws IOException {
    link.out().write(Http.request(body));
    return Http.read(link.in()).body();
  }

  static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
