/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows: a private key and the chain that vouches for it.
 *
 * @param chain the server's own certificate first; never empty
 */
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
  public ServerIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("An identity needs a certificate");
    }
  }

  /** Names the certificate, never the key. */
  @Override
  public String toString() {
    return "ServerIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
