/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** Bouncy Castle's, over its own cryptography. */
final class BouncyCastleContexts {
  private static final Provider PROVIDER = new BouncyCastleJsseProvider(new BouncyCastleProvider());

  /** Else it tells of each handshake. Held, since loggers are forgotten. */
  private static final Logger LOGGER = Logger.getLogger("org.bouncycastle.jsse");

  private BouncyCastleContexts() {}

  static Contexts of(Conditions conditions, X509TrustManager trust) {
    LOGGER.setLevel(Level.OFF);
    try {
      SSLContext client = SSLContext.getInstance("TLS", PROVIDER);
      client.init(null, new TrustManager[] {trust}, new SecureRandom());
      client.getClientSessionContext().setSessionCacheSize(JsseContexts.CLIENT_SESSIONS);
      SSLContext server = SSLContext.getInstance("TLS", PROVIDER);
      server.init(keyManagers(conditions.certificate().identity()), null, new SecureRandom());
      SSLParameters parameters = JsseContexts.parameters(conditions);
      parameters.setNamedGroups(conditions.group().names(true).toArray(new String[0]));
      return new JsseContexts(client, server, parameters);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("There is no BCJSSE", e);
    }
  }

  /** Its own: it asks in names that others do not know. */
  private static KeyManager[] keyManagers(TestIdentity identity)
      throws GeneralSecurityException, IOException {
    char[] password = {};
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, password);
    Certificate[] chain = identity.chain().toArray(new Certificate[0]);
    keys.setKeyEntry("server", identity.key(), password, chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", PROVIDER);
    factory.init(keys, password);
    return factory.getKeyManagers();
  }
}
