/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The JDK's own. */
final class SunJsseContexts {
  /** Read when a context is made. */
  private static final String SERVER_TICKETS = "jdk.tls.server.enableSessionTicketExtension";

  /** Its cache is by host and port, and full handshakes use ports that are new. */
  private static final int CLIENT_SESSIONS = 16;

  private SunJsseContexts() {}

  static Contexts of(Protocol protocol, boolean statelessTickets, X509TrustManager trust) {
    try {
      SSLContext client = SSLContext.getInstance("TLS", "SunJSSE");
      client.init(null, new TrustManager[] {trust}, null);
      client.getClientSessionContext().setSessionCacheSize(CLIENT_SESSIONS);
      return new Contexts(client, server(statelessTickets), parameters(protocol));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("There is no SunJSSE", e);
    }
  }

  private static synchronized SSLContext server(boolean statelessTickets)
      throws GeneralSecurityException {
    String before = System.setProperty(SERVER_TICKETS, Boolean.toString(statelessTickets));
    try {
      SSLContext server = SSLContext.getInstance("TLS", "SunJSSE");
      server.init(TestCertificates.server(KeyKind.ECDSA_P256).keyManagers(), null, null);
      return server;
    } finally {
      if (before == null) {
        System.clearProperty(SERVER_TICKETS);
      } else {
        System.setProperty(SERVER_TICKETS, before);
      }
    }
  }

  private static SSLParameters parameters(Protocol protocol) {
    SSLParameters parameters =
        new SSLParameters(
            new String[] {protocol.cipherSuite()}, new String[] {protocol.jsseName()});
    parameters.setNamedGroups(protocol.groups().toArray(new String[0]));
    return parameters;
  }
}
