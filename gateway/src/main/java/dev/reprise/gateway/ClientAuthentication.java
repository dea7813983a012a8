/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whether clients show a certificate, and which authorities may have issued it.
 *
 * @param authorities empty exactly if the mode is {@link Mode#NONE}
 */
public record ClientAuthentication(Mode mode, List<X509Certificate> authorities) {
  /** Clients are not asked. */
  public static final ClientAuthentication NONE = new ClientAuthentication(Mode.NONE, List.of());

  /** How much a client's certificate is worth to the server. */
  public enum Mode {
    /** Not asked for. */
    NONE,
    /** Asked for; a client without one is served all the same. */
    WANT,
    /** A client without one is refused. */
    NEED
  }

  public ClientAuthentication {
    authorities = List.copyOf(authorities);
    if (authorities.isEmpty() != (mode == Mode.NONE)) {
      throw new IllegalArgumentException(
          "client authentication " + mode + " with " + authorities.size() + " authorities");
    }
  }
}
