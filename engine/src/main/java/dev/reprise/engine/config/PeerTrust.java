/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.wire.Opaque;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Decides whom to trust. It is asked in a task, never by the engine itself. */
public interface PeerTrust {
  /**
   * Returns if the chain is to be trusted.
   *
   * @param chain leaf first, never empty
   * @param authenticationType what JSSE calls the key exchange of the suite: {@code ECDHE_ECDSA},
   *     {@code ECDHE_RSA}, {@code UNKNOWN} in TLS 1.3, or the key's algorithm for a client
   * @throws CertificateException if not; its kind decides the alert
   */
  void check(List<X509Certificate> chain, String authenticationType) throws CertificateException;

  /**
   * How many certificates a peer's chain may have. Each of them is parsed before anything of it is
   * known to be true, so that the number is a bound on work for strangers.
   */
  default int longestChain() {
    return Defaults.LONGEST_CHAIN;
  }

  /** DER names of the authorities accepted, for the certificate request; may be empty. */
  List<Opaque> acceptedAuthorities();

  /**
   * What stands for the trust anchors in the resumption scope; empty = they cannot be told, and
   * sessions of authenticated clients are not remembered unless the operator labels the scope.
   */
  List<Opaque> anchors();
}
