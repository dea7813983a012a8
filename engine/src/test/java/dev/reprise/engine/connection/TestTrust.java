/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.wire.Opaque;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Trusts what one authority signed. */
record TestTrust(X509Certificate root) implements PeerTrust {
  static TestTrust of(X509Certificate root) {
    return new TestTrust(root);
  }

  @Override
  public void check(List<X509Certificate> chain, String authenticationType)
      throws CertificateException {
    try {
      chain.getLast().verify(root.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new CertificateException("Not signed by " + root.getSubjectX500Principal(), e);
    }
  }

  @Override
  public List<Opaque> acceptedAuthorities() {
    return List.of(Opaque.takeOver(root.getSubjectX500Principal().getEncoded()));
  }

  @Override
  public List<Opaque> anchors() {
    try {
      return List.of(Opaque.takeOver(root.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }
}
