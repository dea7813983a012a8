/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Identity;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the encodings of the chains used last, so that they are not made for every handshake. */
final class IdentityCache {
  private static final int MOST = 64;

  private final Map<X509Certificate, Identity> byLeaf =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<X509Certificate, Identity> eldest) {
          return size() > MOST;
        }
      };

  /** The identity of key and chain, of which nothing but the chain's encoding is remembered. */
  Identity identity(PrivateKey key, List<X509Certificate> chain)
      throws CertificateEncodingException {
    Identity known = known(chain.getFirst());
    if (known == null || !known.certificates().equals(chain)) {
      known = Identity.of(key, chain);
      remember(known);
    }
    return known.key().equals(key)
        ? known
        : new Identity(key, known.certificates(), known.encoded(), known.scopeIdentity());
  }

  private synchronized @Nullable Identity known(X509Certificate leaf) {
    return byLeaf.get(leaf);
  }

  private synchronized void remember(Identity identity) {
    byLeaf.put(identity.certificates().getFirst(), identity);
  }
}
