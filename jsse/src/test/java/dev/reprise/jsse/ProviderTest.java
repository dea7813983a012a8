/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.ServiceLoader;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider as programs find it, and the contexts that it gives them. */
class ProviderTest {
  private static final Provider PROVIDER = new RepriseProvider();

  private static SSLContext context(String protocol) throws Exception {
    return SSLContext.getInstance(protocol, PROVIDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS", "TLSv1.3", "TLSv1.2", "SSL"})
  void hasContexts(String protocol) throws Exception {
    SSLContext context = context(protocol);
    assertEquals("Reprise", context.getProvider().getName());
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine("host.example", 443);
    assertEquals("host.example", engine.getPeerHost());
    assertEquals(443, engine.getPeerPort());
    String[] expected =
        protocol.equals("TLSv1.2") ? new String[] {"TLSv1.2"} : new String[] {"TLSv1.3", "TLSv1.2"};
    assertArrayEquals(expected, engine.getEnabledProtocols());
    assertArrayEquals(expected, context.getDefaultSSLParameters().getProtocols());
    assertArrayEquals(
        new String[] {"TLSv1.3", "TLSv1.2"}, context.getSupportedSSLParameters().getProtocols());
  }

  @Test
  void hasNothingElse() {
    for (String protocol : List.of("TLSv1.1", "SSLv3", "DTLS")) {
      assertThrows(NoSuchAlgorithmException.class, () -> context(protocol));
    }
    assertNull(PROVIDER.getService("KeyManagerFactory", "PKIX"));
    assertNull(PROVIDER.getService("TrustManagerFactory", "PKIX"));
  }

  /** As a line {@code security.provider.1=Reprise} has the JDK do it. */
  @Test
  void isFoundByItsName() {
    List<String> names =
        ServiceLoader.load(Provider.class).stream().map(each -> each.get().getName()).toList();
    assertTrue(names.contains(RepriseProvider.NAME), names::toString);
  }

  @Test
  void wantsToBeInitialized() throws Exception {
    SSLContext context = context("TLS");
    assertThrows(IllegalStateException.class, context::createSSLEngine);
    assertThrows(IllegalStateException.class, context::getClientSessionContext);
    context.getDefaultSSLParameters();
  }

  @Test
  void doesNotInitializeWhatABuilderMade() {
    SSLContext built = Contexts.ourServer(Contexts.SERVER).build();
    assertThrows(KeyManagementException.class, () -> built.init(null, null, null));
    assertEquals("Reprise", built.getProvider().getName());
    assertEquals("TLS", built.getProtocol());
  }

  @Test
  void trustsWhomTheJdkTrustsUnlessTold() throws Exception {
    SSLContext context = context("TLS");
    context.init(null, null, null);
    EnginePair pair = EnginePair.between(context, Contexts.sun(Contexts.SERVER), Contexts.HOST);
    SSLException failure = assertThrows(SSLException.class, pair::handshake);
    assertTrue(Observed.message(failure).contains("certificate_unknown"), failure::toString);
  }

  @Test
  void trustsNobodyIfToldSo() throws Exception {
    SSLContext context = context("TLS");
    context.init(new KeyManager[0], new TrustManager[0], null);
    EnginePair pair = EnginePair.between(context, Contexts.sun(Contexts.SERVER), Contexts.HOST);
    SSLException failure = assertThrows(SSLException.class, pair::handshake);
    assertTrue(Observed.message(failure).contains("certificate_unknown"), failure::toString);
  }

  @Test
  void worksWithAKeyManagerThatKnowsNoEngines() throws Exception {
    SSLContext server = context("TLS");
    server.init(
        new KeyManager[] {new PlainKeys(Contexts.keyManager(Contexts.SERVER))},
        TestCertificates.trustManagers(),
        null);
    SSLContext client = context("TLS");
    client.init(
        new KeyManager[] {new PlainKeys(Contexts.keyManager(Contexts.CLIENT))},
        TestCertificates.trustManagers(),
        null);
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      EnginePair pair = Contexts.pair(client, server, version);
      pair.server().setNeedClientAuth(true);
      pair.handshake();
      assertEquals(
          Contexts.CLIENT.certificate(), pair.server().getSession().getPeerCertificates()[0]);
    }
  }

  @Test
  void reflectsLifetimeAndSizeOfItsSessions() throws Exception {
    SSLContext context = context("TLS");
    context.init(null, null, null);
    for (SSLSessionContext sessions :
        new SSLSessionContext[] {
          context.getServerSessionContext(), context.getClientSessionContext()
        }) {
      assertEquals(6 * 3600, sessions.getSessionTimeout());
      sessions.setSessionTimeout(60);
      assertEquals(60, sessions.getSessionTimeout());
      sessions.setSessionTimeout(0);
      assertEquals(0, sessions.getSessionTimeout());
      sessions.setSessionCacheSize(10);
      assertEquals(10, sessions.getSessionCacheSize());
      sessions.setSessionCacheSize(0);
      assertEquals(0, sessions.getSessionCacheSize());
      assertFalse(sessions.getIds().hasMoreElements());
      assertNull(sessions.getSession(new byte[32]));
      assertThrows(IllegalArgumentException.class, () -> sessions.setSessionTimeout(-1));
      assertThrows(IllegalArgumentException.class, () -> sessions.setSessionCacheSize(-1));
    }
  }

  @Test
  void resumesForAsLongAsItIsTold() throws Exception {
    dev.reprise.testkit.FakeClock clock = dev.reprise.testkit.FakeClock.create();
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      SSLContext server = Contexts.ourServer(Contexts.SERVER).clock(clock).build();
      server.getServerSessionContext().setSessionTimeout(60);
      SSLContext client = Contexts.ourClient().build();
      Contexts.pair(client, server, version).handshake().close(Side.CLIENT);
      clock.advance(java.time.Duration.ofSeconds(59));
      EnginePair early = Contexts.pair(client, server, version).handshake();
      Observed.mechanism(early.server());
      early.close(Side.CLIENT);
      clock.advance(java.time.Duration.ofSeconds(61));
      EnginePair late = Contexts.pair(client, server, version).handshake();
      Observed.reason(late.server());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void forgetsWhatASmallerCacheCannotHoldAndRemembersOneSessionAtLeast(int sessions)
      throws Exception {
    SSLContext server = Contexts.ourServer(Contexts.SERVER).withoutTickets().build();
    SSLContext client = Contexts.ourClient().build();
    Contexts.pair(client, server, Contexts.TLS12).handshake().close(Side.CLIENT);
    server.getServerSessionContext().setSessionCacheSize(sessions);
    EnginePair pair = Contexts.pair(client, server, Contexts.TLS12).handshake();
    Observed.reason(pair.server());
    pair.close(Side.CLIENT);
    Observed.mechanism(Contexts.pair(client, server, Contexts.TLS12).handshake().server());
  }

  /** As key managers were before there were engines. */
  private record PlainKeys(X509KeyManager other) implements X509KeyManager {
    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return other.getClientAliases(keyType, issuers);
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return other.chooseClientAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return other.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return other.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return other.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return other.getPrivateKey(alias);
    }
  }
}
