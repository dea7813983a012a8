/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseClient;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/** Ours, as a setup wants them. */
final class OwnContexts {
  static final List<String> PROTOCOLS = List.of("http/1.1");

  private OwnContexts() {}

  /** Sends shares of X25519, alone and with ML-KEM. */
  static SSLContext client(Setup setup) {
    RepriseClient client =
        Reprise.client()
            .trustManager(trustManager())
            .endpointIdentification("HTTPS")
            .protocols(List.of(setup.version().jsseName()));
    if (setup.alpn()) {
      client.applicationProtocols(List.of("h2", "http/1.1"));
    }
    if (setup.certificates()) {
      client.keyManager(keyManager(TestCertificates.client(KeyKind.ECDSA_P256)));
    }
    return client.build();
  }

  static SSLContext server(Setup setup) {
    TestIdentity identity = TestCertificates.server(KeyKind.ECDSA_P256);
    RepriseServer server =
        Reprise.server()
            .identities(List.of(new ServerIdentity(identity.key(), identity.chain())))
            .protocols(List.of(setup.version().jsseName()));
    if (setup.retry()) {
      server.groups(List.of("secp384r1"));
    }
    if (setup.alpn()) {
      server.applicationProtocols(PROTOCOLS);
    }
    if (setup.certificates()) {
      server.clientAuthentication(ClientAuthentication.NEED, trustManager());
    }
    return switch (setup.tickets()) {
      case SEALED -> server.build();
      case STATEFUL -> server.statefulTickets(true).build();
      case NONE -> server.withoutTickets().build();
    };
  }

  private static X509TrustManager trustManager() {
    return first(X509TrustManager.class, TestCertificates.trustManagers());
  }

  private static X509KeyManager keyManager(TestIdentity identity) {
    return first(X509KeyManager.class, identity.keyManagers());
  }

  private static <T> T first(Class<T> wanted, Object[] managers) {
    return Arrays.stream(managers)
        .filter(wanted::isInstance)
        .map(wanted::cast)
        .findFirst()
        .orElseThrow();
  }
}
