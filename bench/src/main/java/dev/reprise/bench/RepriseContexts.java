/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.TestIdentity;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** Reprise, through its builders; a server gives two tickets, and one after a resumption. */
final class RepriseContexts {
  private RepriseContexts() {}

  static Contexts of(Conditions conditions, X509TrustManager trust, JcaProviders providers) {
    SSLContext client =
        Reprise.client()
            .trustManager(trust)
            .cryptoProviders(providers)
            .protocols(List.of(conditions.protocol().jsseName()))
            .cipherSuites(List.of(conditions.cipherSuite()))
            .groups(conditions.groups())
            .build();
    return new JsseContexts(client, server(conditions, providers), null);
  }

  private static SSLContext server(Conditions conditions, JcaProviders providers) {
    TestIdentity identity = conditions.certificate().identity();
    RepriseServer server =
        Reprise.server()
            .cryptoProviders(providers)
            .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
            .protocols(List.of(conditions.protocol().jsseName()))
            .cipherSuites(List.of(conditions.cipherSuite()))
            .groups(conditions.groups());
    return (conditions.statelessTickets() ? server : server.withoutTickets().statefulTickets(true))
        .build();
  }
}
