/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.wire.Opaque;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The issuers that a trust manager accepts, as a certificate request and a scope need them. */
final class Issuers {
  /** A message must hold them all; no client needs as many to choose by. */
  private static final int LONGEST_NAMES = 32_768;

  private final X509Certificate[] certificates;
  private final List<Opaque> names;
  private final List<Opaque> anchors;

  private Issuers(X509Certificate[] certificates, List<Opaque> names, List<Opaque> anchors) {
    this.certificates = certificates;
    this.names = names;
    this.anchors = anchors;
  }

  static Issuers of(X509Certificate @Nullable [] accepted) {
    X509Certificate[] certificates = accepted == null ? new X509Certificate[0] : accepted.clone();
    Set<Opaque> names = new LinkedHashSet<>();
    for (X509Certificate certificate : certificates) {
      names.add(Opaque.takeOver(certificate.getSubjectX500Principal().getEncoded()));
    }
    return new Issuers(certificates, bounded(names), anchors(certificates));
  }

  /** RFC 8446, Section 4.2.4 and RFC 5246, Section 7.4.4 let a long list be left out. */
  private static List<Opaque> bounded(Set<Opaque> names) {
    int length = 0;
    for (Opaque name : names) {
      length += 2 + name.length();
    }
    return length > LONGEST_NAMES ? List.of() : List.copyOf(names);
  }

  /**
   * Whether these would be made again of {@code accepted}: quick where the objects are the same.
   */
  boolean areMadeOf(X509Certificate @Nullable [] accepted) {
    return accepted == null ? certificates.length == 0 : Arrays.equals(certificates, accepted);
  }

  /** DER. */
  List<Opaque> names() {
    return names;
  }

  /** One digest for all of them, whatever their order; nothing at all if there are none. */
  List<Opaque> anchors() {
    return anchors;
  }

  private static List<Opaque> anchors(X509Certificate[] certificates) {
    if (certificates.length == 0) {
      return List.of();
    }
    TreeSet<byte[]> digests = new TreeSet<>(Arrays::compareUnsigned);
    for (X509Certificate certificate : certificates) {
      try {
        digests.add(Sha256.of(certificate.getEncoded()));
      } catch (CertificateEncodingException _) {
        // Whoever it is cannot be told, so neither can the whole.
        return List.of();
      }
    }
    return List.of(Opaque.takeOver(Sha256.ofAll(digests)));
  }
}
