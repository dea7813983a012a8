/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.bogo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of application protocols, each behind a byte that is its length (RFC 7301). */
final class Protocols {
  private Protocols() {}

  static List<String> parse(byte @Nullable [] encoded) {
    List<String> protocols = new ArrayList<>();
    if (encoded != null) {
      for (int at = 0; at < encoded.length; at += 1 + encoded[at]) {
        protocols.add(new String(encoded, at + 1, encoded[at], ISO_8859_1));
      }
    }
    return protocols;
  }
}
