/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A private key and the chain of certificates for it.
 *
 * @param chain the leaf first; without the root
 */
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final char[] NO_PASSWORD = {};

  /** Where {@link #writePem} left the chain and the PKCS #8 key. */
  public record PemFiles(Path chain, Path key) {}

  public TestIdentity {
    chain = List.copyOf(chain);
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** For {@code SSLContext.init}: the JDK's key managers, with this identity alone. */
  public KeyManager[] keyManagers() {
    return keyManagers(List.of(this));
  }

  /** The same with several identities, for a server that chooses among them. */
  public static KeyManager[] keyManagers(List<TestIdentity> identities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (TestIdentity each : identities) {
        store.setKeyEntry(
            "identity" + store.size(),
            each.key,
            NO_PASSWORD,
            each.chain.toArray(Certificate[]::new));
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("no key manager for " + identities, e);
    }
  }

  /** Writes {@code <name>.pem} and {@code <name>-key.pem} into {@code directory}. */
  public PemFiles writePem(Path directory, String name) throws IOException {
    return new PemFiles(
        Files.writeString(directory.resolve(name + ".pem"), Pem.certificates(chain)),
        Files.writeString(directory.resolve(name + "-key.pem"), Pem.privateKey(key)));
  }

  @Override
  public String toString() {
    return "TestIdentity[" + certificate().getSubjectX500Principal() + "]";
  }
}
