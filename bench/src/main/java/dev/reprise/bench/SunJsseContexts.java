/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The JDK's own. */
final class SunJsseContexts {
  /** Read when a context is made. */
  private static final String SERVER_TICKETS = "jdk.tls.server.enableSessionTicketExtension";

  /** Read once in a JVM. */
  private static final String TICKETS = "jdk.tls.server.newSessionTicketCount";

  private SunJsseContexts() {}

  static JsseContexts of(Conditions conditions, X509TrustManager trust) {
    // As many as Reprise gives; BoringSSL gives two in any case.
    System.setProperty(TICKETS, conditions.resumed() ? "1" : "2");
    try {
      SSLContext client = SSLContext.getInstance("TLS", "SunJSSE");
      client.init(null, new TrustManager[] {trust}, null);
      client.getClientSessionContext().setSessionCacheSize(JsseContexts.CLIENT_SESSIONS);
      return new JsseContexts(client, server(conditions), JsseContexts.parameters(conditions));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("There is no SunJSSE", e);
    }
  }

  /** For the whole JVM: SunJSSE knows no other way. */
  static void putCorrettoFirst() {
    Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
  }

  private static synchronized SSLContext server(Conditions conditions)
      throws GeneralSecurityException {
    String before =
        System.setProperty(SERVER_TICKETS, Boolean.toString(conditions.statelessTickets()));
    try {
      SSLContext server = SSLContext.getInstance("TLS", "SunJSSE");
      server.init(conditions.certificate().identity().keyManagers(), null, null);
      return server;
    } finally {
      if (before == null) {
        System.clearProperty(SERVER_TICKETS);
      } else {
        System.setProperty(SERVER_TICKETS, before);
      }
    }
  }
}
