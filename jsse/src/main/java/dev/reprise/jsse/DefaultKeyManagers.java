/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the default context: those of {@code javax.net.ssl.keyStore}, with {@code
 * keyStoreType}, {@code keyStoreProvider} and {@code keyStorePassword}, as the JDK's provider reads
 * them; none if it is not set.
 */
final class DefaultKeyManagers {
  private static final String PREFIX = "javax.net.ssl.keyStore";

  private DefaultKeyManagers() {}

  static KeyManager[] load() throws KeyManagementException {
    String file = System.getProperty(PREFIX, "");
    char[] password = System.getProperty(PREFIX + "Password", "").toCharArray();
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(file.isEmpty() ? null : keyStore(file, password), password);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyManagementException(
          "The key store " + file + " that " + PREFIX + " names cannot be used", e);
    }
  }

  /** {@code NONE} is for tokens, which have no file. */
  private static KeyStore keyStore(String file, char[] password)
      throws GeneralSecurityException, IOException {
    String type = System.getProperty(PREFIX + "Type", KeyStore.getDefaultType());
    String provider = System.getProperty(PREFIX + "Provider", "");
    KeyStore store =
        provider.isEmpty() ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
    char @Nullable [] given = password.length == 0 ? null : password;
    if (file.equals("NONE")) {
      store.load(null, given);
      return store;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, given);
      return store;
    }
  }
}
