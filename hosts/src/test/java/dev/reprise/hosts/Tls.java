/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.jsse.HandshakeListener;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseClient;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The contexts of these tests. */
final class Tls {
  static final String V13 = "TLSv1.3";
  static final String V12 = "TLSv1.2";
  static final TestIdentity SERVER = TestCertificates.server(KeyKind.ECDSA_P256);
  static final TestIdentity CLIENT = TestCertificates.client(KeyKind.ECDSA_P256);

  private Tls() {}

  /** It trusts our clients, but whether it asks them is for the host to say. */
  static SSLContext server(HandshakeListener listener) {
    return serverBuilder(listener).build();
  }

  static RepriseServer serverBuilder(HandshakeListener listener) {
    return Reprise.server()
        .identities(List.of(new ServerIdentity(SERVER.key(), SERVER.chain())))
        .clientAuthentication(ClientAuthentication.NONE, trustManager())
        .listener(listener);
  }

  static RepriseClient clientBuilder(HandshakeListener listener) {
    return Reprise.client().trustManager(trustManager()).listener(listener);
  }

  static SSLContext client(HandshakeListener listener) {
    return clientBuilder(listener).build();
  }

  /** A client that has a certificate. */
  static SSLContext knownClient(HandshakeListener listener) {
    return clientBuilder(listener).keyManager((X509KeyManager) CLIENT.keyManagers()[0]).build();
  }

  /** The JDK's own client. */
  static SSLContext sunClient() {
    return sun(null);
  }

  /** The JDK's own, with {@code identity}. */
  static SSLContext sun(@Nullable TestIdentity identity) {
    try {
      KeyManager[] keys = identity == null ? null : identity.keyManagers();
      SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
      context.init(keys, TestCertificates.trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static X509TrustManager trustManager() {
    return (X509TrustManager) TestCertificates.trustManagers()[0];
  }
}
