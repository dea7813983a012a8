/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.ServerIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a gateway's certificates come from, to be followed while it runs.
 *
 * @param clientAuthorities who may have issued clients' certificates; null: nobody is asked
 */
public record CertificateFiles(List<Pair> pairs, @Nullable Path clientAuthorities) {
  /** A chain, and the key of its first certificate. */
  public record Pair(Path certificates, Path key) {}

  public CertificateFiles {
    pairs = List.copyOf(pairs);
  }

  /** What the pairs hold, checked to belong together. */
  public List<ServerIdentity> identities() throws ConfigurationException {
    List<ServerIdentity> identities = new ArrayList<>();
    for (Pair pair : pairs) {
      identities.add(PemIdentity.read(pair.certificates(), pair.key()));
    }
    return List.copyOf(identities);
  }

  /** None if nobody is asked. */
  List<X509Certificate> authorities() throws ConfigurationException {
    return clientAuthorities == null ? List.of() : PemIdentity.certificates(clientAuthorities);
  }

  List<Path> paths() {
    return Stream.concat(
            pairs.stream().flatMap(pair -> Stream.of(pair.certificates(), pair.key())),
            Stream.ofNullable(clientAuthorities))
        .toList();
  }
}
