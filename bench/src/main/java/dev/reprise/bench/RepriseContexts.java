/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/** Reprise, through its builders. */
final class RepriseContexts {
  private RepriseContexts() {}

  static Contexts of(Protocol protocol, boolean statelessTickets, X509TrustManager trust) {
    SSLContext client =
        Reprise.client()
            .trustManager(trust)
            .protocols(List.of(protocol.jsseName()))
            .cipherSuites(List.of(protocol.cipherSuite()))
            .groups(protocol.groups())
            .build();
    return new Contexts(client, server(protocol, statelessTickets), null);
  }

  private static SSLContext server(Protocol protocol, boolean statelessTickets) {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    RepriseServer server =
        Reprise.server()
            .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
            .protocols(List.of(protocol.jsseName()))
            .cipherSuites(List.of(protocol.cipherSuite()))
            .groups(protocol.groups())
            .policy(oneTicket());
    return (statelessTickets ? server : server.withoutTickets().statefulTickets(true)).build();
  }

  /** As many as SunJSSE sends, also after a full handshake. */
  private static ResumptionPolicy oneTicket() {
    ResumptionPolicy usual = ResumptionPolicy.DEFAULT;
    return new ResumptionPolicy(
        usual.ticketLifetime(),
        usual.authenticationLifetimeTls13(),
        usual.authenticationLifetimeTls12(),
        1,
        1,
        usual.allowOtherServerNames(),
        usual.name());
  }
}
