/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.config.ClientAuthentication;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whether clients show a certificate, and which authorities may have issued it.
 *
 * @param authorities empty exactly if clients are not asked
 */
public record ClientCertificates(
    ClientAuthentication authentication, List<X509Certificate> authorities) {
  /** Clients are not asked. */
  public static final ClientCertificates NONE =
      new ClientCertificates(ClientAuthentication.NONE, List.of());

  public ClientCertificates {
    authorities = List.copyOf(authorities);
    if (authorities.isEmpty() != (authentication == ClientAuthentication.NONE)) {
      throw new IllegalArgumentException(
          "client authentication "
              + authentication
              + " with "
              + authorities.size()
              + " authorities");
    }
  }
}
