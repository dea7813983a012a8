/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.util.Locale;

/**
 * Whom a client's session was made with.
 *
 * @param host the name asked for; kept lower-case and without trailing dot, so that one server has
 *     one key
 * @param partition who asked: sessions are never offered across partitions. A tenant, a browser
 *     profile or a top-level site makes a good partition; the empty string is one as well. RFC
 *     8446, Appendix C.4: "Reuse of a ticket allows passive observers to correlate different
 *     connections."
 */
public record ClientSessionKey(String host, int port, String partition) {
  public ClientSessionKey {
    host = host.toLowerCase(Locale.ROOT);
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
  }
}
