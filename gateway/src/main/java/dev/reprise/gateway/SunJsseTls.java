/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.jsse.ServerIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * TLS by the JDK's own provider, for contrast: its cache and its ticket keys are this process's
 * alone, it does not say why it has not resumed, nor by what it has.
 */
final class SunJsseTls implements TlsTermination {
  /** What stands in the place of a mechanism: the provider knows it and does not tell. */
  static final String UNTOLD = "untold";

  private final SSLContext context;
  private final String[] protocols;
  private final ClientAuthentication clientAuthentication;
  private final InstantSource clock;

  SunJsseTls(GatewayConfig config, List<ServerIdentity> identities, InstantSource clock) {
    this.protocols = config.protocols().toArray(String[]::new);
    this.clientAuthentication = config.clientCertificates().authentication();
    this.clock = clock;
    try {
      context = SSLContext.getInstance("TLS", TlsProvider.SUN_JSSE.providerName());
      context.init(keyManagers(identities), trustManagers(config.clientCertificates()), null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java has no working TLS", e);
    }
    context
        .getServerSessionContext()
        .setSessionTimeout((int) config.resumption().ticketLifetime().toSeconds());
  }

  private static KeyManager[] keyManagers(List<ServerIdentity> identities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = {};
    for (ServerIdentity identity : identities) {
      store.setKeyEntry(
          "identity" + store.size(),
          identity.key(),
          password,
          identity.chain().toArray(X509Certificate[]::new));
    }
    // This one looks at the name that a client asks for.
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(ClientCertificates clients) {
    return new TrustManager[] {new ClientAuthorities(clients.authorities())};
  }

  @Override
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(protocols);
    switch (clientAuthentication) {
      case NONE -> {}
      case WANT -> engine.setWantClientAuth(true);
      case NEED -> engine.setNeedClientAuth(true);
    }
    return engine;
  }

  /**
   * SunJSSE carries the time of the full handshake along, in its cache and in its tickets: a
   * session that is older than the connection's first byte was resumed. One that is resumed within
   * a millisecond of its making is taken for new.
   */
  @Override
  public HandshakeReport report(SSLSession session, Duration handshake) {
    long now = clock.millis();
    long begun = now - handshake.toMillis() - 1;
    if (session.getCreationTime() >= begun) {
      return HandshakeReport.full(session.getProtocol(), session.getCipherSuite(), null, null, "");
    }
    return HandshakeReport.resumed(
        session.getProtocol(),
        session.getCipherSuite(),
        UNTOLD,
        null,
        Math.max(0, (now - session.getCreationTime()) / 1000),
        "",
        Origin.HERE);
  }

  /** It does that by itself, when it looks for a session. */
  @Override
  public void tidy() {}

  /** It has no word for that. */
  @Override
  public void close() {}
}
