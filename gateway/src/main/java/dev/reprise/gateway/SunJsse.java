/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS by the JDK's own provider, which does not tell why it did not resume. */
final class SunJsse {
  private SunJsse() {}

  static TlsTermination termination(GatewayConfig config, List<ServerIdentity> identities) {
    SSLContext context = context(config.clientAuthentication(), identities);
    return new TlsTermination(() -> engine(context, config), SunJsse::report);
  }

  private static SSLContext context(
      ClientAuthentication authentication, List<ServerIdentity> identities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
      context.init(
          new KeyManager[] {new ServerNameKeyManager(identities)},
          trustManagers(authentication.authorities()),
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no working TLS provider", e);
    }
  }

  private static TrustManager @Nullable [] trustManagers(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return null;
    }
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    for (X509Certificate authority : authorities) {
      anchors.setCertificateEntry("authority" + anchors.size(), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    return factory.getTrustManagers();
  }

  private static SSLEngine engine(SSLContext context, GatewayConfig config) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(config.protocols().toArray(String[]::new));
    switch (config.clientAuthentication().mode()) {
      case NONE -> {}
      case WANT -> engine.setWantClientAuth(true);
      case NEED -> engine.setNeedClientAuth(true);
    }
    return engine;
  }

  private static HandshakeReport report(SSLSession session) {
    return HandshakeReport.full(
        session.getProtocol(), session.getCipherSuite(), "NOT_OFFERED", null);
  }
}
