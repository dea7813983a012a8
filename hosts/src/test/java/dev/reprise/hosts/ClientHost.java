/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of somebody else's. */
interface ClientHost {
  /** An answer; {@code text} is empty if it was long. */
  record Answer(boolean http2, Content.Sum sum, String text) {
    private static final int SHORT = 1000;

    /** Of what {@code body} has collected, if that is not too much. */
    static Answer of(Object version, byte[] body) {
      Content.Summing summing = new Content.Summing();
      summing.write(body, 0, body.length);
      String text = body.length <= SHORT ? new String(body, StandardCharsets.UTF_8).strip() : "";
      return new Answer(isHttp2(version), summing.sum(), text);
    }

    private static boolean isHttp2(Object version) {
      String name = version.toString().toUpperCase(Locale.ROOT);
      return name.contains("HTTP_2") || name.contains("H2");
    }
  }

  /** Asks, and reads the whole answer. */
  Answer get(URI uri) throws Exception;

  void stop() throws Exception;
}
