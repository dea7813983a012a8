/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.wire.Opaque;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Certificate chains out of their encodings. */
final class Chains {
  private Chains() {}

  /** Of a chain that some handshake has accepted: it fails only if the JDK no longer reads it. */
  static List<X509Certificate> parse(List<Opaque> encoded) throws SSLPeerUnverifiedException {
    List<X509Certificate> chain = new ArrayList<>(encoded.size());
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Opaque each : encoded) {
        ByteArrayInputStream in =
            new ByteArrayInputStream(each.array(), each.offset(), each.length());
        chain.add((X509Certificate) factory.generateCertificate(in));
      }
    } catch (CertificateException e) {
      SSLPeerUnverifiedException failure =
          new SSLPeerUnverifiedException("The remembered certificates cannot be read");
      failure.initCause(e);
      throw failure;
    }
    return List.copyOf(chain);
  }
}
