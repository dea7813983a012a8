/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.Conscrypt;

/** BoringSSL, as Conscrypt brings it to Java. */
record ConscryptContexts(JsseContexts jsse, Conditions conditions) implements Contexts {
  private static final Provider PROVIDER = Conscrypt.newProvider();

  static ConscryptContexts of(Conditions conditions, X509TrustManager trust) {
    try {
      SSLContext client = SSLContext.getInstance("TLS", PROVIDER);
      client.init(null, new TrustManager[] {trust}, null);
      client.getClientSessionContext().setSessionCacheSize(JsseContexts.CLIENT_SESSIONS);
      SSLContext server = SSLContext.getInstance("TLS", PROVIDER);
      server.init(conditions.certificate().identity().keyManagers(), null, null);
      return new ConscryptContexts(new JsseContexts(client, server, null), conditions);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Conscrypt has nothing for this machine", e);
    }
  }

  @Override
  public SSLEngine newClient(int port) {
    return jsse.newClient(port);
  }

  @Override
  public SSLEngine newServer() {
    return jsse.newServer();
  }

  /** Which certificates it may show it concludes from the suites of TLS 1.2, in TLS 1.3 too. */
  @Override
  public void configure(SSLEngine engine, boolean asClient) {
    engine.setUseClientMode(asClient);
    Conscrypt.setUseSessionTickets(engine, conditions.statelessTickets());
    SSLParameters parameters = JsseContexts.parameters(conditions);
    if (conditions.protocol() == Protocol.TLS13) {
      Conditions before =
          new Conditions(Protocol.TLS12, conditions.group(), conditions.certificate(), true, false);
      parameters.setCipherSuites(new String[] {before.cipherSuite()});
    }
    engine.setSSLParameters(parameters);
  }
}
