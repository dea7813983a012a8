/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Contexts for tests, and pairs of engines of them. */
final class Contexts {
  static final String HOST = TestCertificates.SERVER_NAME;
  static final String TLS13 = "TLSv1.3";
  static final String TLS12 = "TLSv1.2";
  static final TestIdentity SERVER = TestCertificates.server(KeyKind.ECDSA_P256);
  static final TestIdentity CLIENT = TestCertificates.client(KeyKind.ECDSA_P256);

  private static final Provider SUN = Security.getProvider("SunJSSE");

  private Contexts() {}

  /** Whose engines stand at the ends. */
  enum Ends {
    BOTH_OURS(true, true),
    OUR_CLIENT(true, false),
    OUR_SERVER(false, true);

    final boolean ourClient;
    final boolean ourServer;

    Ends(boolean ourClient, boolean ourServer) {
      this.ourClient = ourClient;
      this.ourServer = ourServer;
    }
  }

  /** Ends and a version: what nearly every test has to hold for. */
  record Case(Ends ends, String version) {
    SSLContext client() {
      return ends.ourClient ? ourClient().build() : sun(null);
    }

    SSLContext client(TestIdentity identity) {
      return client(keyManager(identity));
    }

    SSLContext client(X509ExtendedKeyManager manager) {
      return ends.ourClient
          ? ourClient().keyManager(manager).build()
          : initialized(SUN, new KeyManager[] {manager});
    }

    SSLContext server() {
      return ends.ourServer ? ourServer(SERVER).build() : sun(SERVER);
    }

    EnginePair pair() {
      return pair(client(), server());
    }

    EnginePair pair(SSLContext client, SSLContext server) {
      return Contexts.pair(client, server, version);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Ends.values())
        .flatMap(ends -> Stream.of(new Case(ends, TLS13), new Case(ends, TLS12)));
  }

  static Stream<Case> casesWithOurServer() {
    return cases().filter(each -> each.ends().ourServer);
  }

  static Stream<Case> casesWithOurClient() {
    return cases().filter(each -> each.ends().ourClient);
  }

  static EnginePair pair(SSLContext client, SSLContext server, String version) {
    EnginePair pair = EnginePair.between(client, server, HOST);
    pair.client().setEnabledProtocols(new String[] {version});
    configure(pair.client(), parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    return pair;
  }

  static void configure(SSLEngine engine, Consumer<SSLParameters> change) {
    SSLParameters parameters = engine.getSSLParameters();
    change.accept(parameters);
    engine.setSSLParameters(parameters);
  }

  static RepriseServer ourServer(TestIdentity... identities) {
    return Reprise.server()
        .identities(Stream.of(identities).map(Contexts::serverIdentity).toList());
  }

  static RepriseClient ourClient() {
    return Reprise.client().trustManager(trustManager());
  }

  static ServerIdentity serverIdentity(TestIdentity identity) {
    return new ServerIdentity(identity.key(), identity.chain());
  }

  /** As programs get it that know nothing of us. */
  static SSLContext provided(@Nullable TestIdentity identity) {
    return initialized(new RepriseProvider(), identity);
  }

  static SSLContext sun(@Nullable TestIdentity identity) {
    return initialized(SUN, identity);
  }

  static X509TrustManager trustManager() {
    return trustManager(TestCertificates.trustManagers());
  }

  static X509TrustManager trustManager(TrustManager[] managers) {
    return (X509TrustManager) managers[0];
  }

  static X509ExtendedKeyManager keyManager(TestIdentity... identities) {
    return (X509ExtendedKeyManager) TestIdentity.keyManagers(List.of(identities))[0];
  }

  private static SSLContext initialized(Provider provider, @Nullable TestIdentity identity) {
    return initialized(provider, identity == null ? null : identity.keyManagers());
  }

  private static SSLContext initialized(Provider provider, KeyManager @Nullable [] managers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", provider);
      context.init(managers, TestCertificates.trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
