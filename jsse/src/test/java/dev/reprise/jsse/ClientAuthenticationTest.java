/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestAuthority;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that show certificates, and servers that ask for them. */
class ClientAuthenticationTest {
  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Arguments> casesAndKeyKinds() {
    return cases()
        .flatMap(each -> Stream.of(KeyKind.values()).map(kind -> Arguments.of(each, kind)));
  }

  private static EnginePair needing(Case each, SSLContext client) {
    SSLContext server =
        each.ends().ourServer ? Contexts.provided(Contexts.SERVER) : Contexts.sun(Contexts.SERVER);
    EnginePair pair = each.pair(client, server);
    pair.server().setNeedClientAuth(true);
    return pair;
  }

  @ParameterizedTest
  @MethodSource("casesAndKeyKinds")
  void showsEveryKindOfCertificate(Case each, KeyKind kind) throws Exception {
    TestIdentity identity = TestCertificates.client(kind);
    EnginePair pair = needing(each, each.client(identity)).handshake();
    SSLSession server = pair.server().getSession();
    assertEquals(identity.certificate(), server.getPeerCertificates()[0]);
    assertEquals(identity.certificate().getSubjectX500Principal(), server.getPeerPrincipal());
    SSLSession client = pair.client().getSession();
    assertEquals(identity.certificate(), client.getLocalCertificates()[0]);
    assertEquals(identity.certificate().getSubjectX500Principal(), client.getLocalPrincipal());
    assertArrayEquals(new byte[] {1}, pair.send(Side.CLIENT, new byte[] {1}));
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS13, Contexts.TLS12})
  void letsItsTrustManagerSeeTheServersOwnCertificate(String version) throws Exception {
    Case each = new Case(Ends.BOTH_OURS, version);
    Judging manager = new Judging((X509ExtendedTrustManager) TestCertificates.trustManagers()[0]);
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .clientAuthentication(ClientAuthentication.NEED, manager)
            .build();
    each.pair(each.client(Contexts.CLIENT), server).handshake();
    assertEquals(List.of(Contexts.SERVER.chain()), manager.certificates);
    assertEquals(
        List.of(Contexts.SERVER.certificate().getSubjectX500Principal()), manager.principals);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAClientWithoutCertificateWhereOneIsNeeded(Case each) throws Exception {
    EnginePair pair = needing(each, each.client());
    assertThrows(SSLException.class, pair::handshake);
    String alert =
        each.version().equals(Contexts.TLS13) ? "certificate_required" : "handshake_failure";
    assertTrue(
        Observed.message(pair, Side.CLIENT).contains(alert),
        () -> String.valueOf(pair.failure(Side.CLIENT)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void servesAClientWithoutCertificateWhereOneIsWanted(Case each) throws Exception {
    EnginePair pair = needing(each, each.client());
    pair.server().setWantClientAuth(true);
    pair.handshake();
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.server().getSession().getPeerCertificates());
    assertNull(pair.client().getSession().getLocalCertificates());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotAskUnlessTold(Case each) throws Exception {
    EnginePair pair = needing(each, each.client(Contexts.CLIENT));
    pair.server().setNeedClientAuth(false);
    pair.handshake();
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.server().getSession().getPeerPrincipal());
    assertNull(pair.client().getSession().getLocalPrincipal());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAClientThatNobodyTrusts(Case each) throws Exception {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(LeafRequest.client(KeyKind.ECDSA_P256, "stranger.example"));
    OneAlias shows = new OneAlias(Contexts.keyManager(stranger), _ -> {});
    EnginePair pair = needing(each, each.client(shows));
    assertThrows(SSLException.class, pair::handshake);
    assertNotNull(Observed.failure(pair, Side.SERVER).getCause());
    String heard = Observed.message(pair, Side.CLIENT);
    assertTrue(heard.contains("certificate_unknown"), heard);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void showsNothingIfNoneOfItsCertificatesFits(Case each) throws Exception {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(LeafRequest.client(KeyKind.ECDSA_P256, "stranger.example"));
    EnginePair pair = needing(each, each.client(stranger));
    pair.server().setWantClientAuth(true);
    pair.handshake();
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.server().getSession().getPeerCertificates());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void remembersTheCertificateOfAResumedClient(Case each) throws Exception {
    SSLContext client = each.client(Contexts.CLIENT);
    SSLContext server =
        each.ends().ourServer ? Contexts.provided(Contexts.SERVER) : Contexts.sun(Contexts.SERVER);
    for (int i = 0; i < 3; i++) {
      EnginePair pair = each.pair(client, server);
      pair.server().setNeedClientAuth(true);
      pair.handshake();
      SSLSession session = pair.server().getSession();
      assertEquals(Contexts.CLIENT.certificate(), session.getPeerCertificates()[0]);
      SSLEngine ours = each.ends().ourServer ? pair.server() : pair.client();
      ResumptionOutcome outcome = Reprise.outcome(ours.getSession());
      assertEquals(i > 0, outcome instanceof ResumptionOutcome.Resumed, String.valueOf(outcome));
      pair.close(Side.CLIENT);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotResumeASessionWithoutCertificateWhereOneIsNeeded(Case each) throws Exception {
    if (!each.ends().ourServer) {
      return;
    }
    StekSource keys =
        new RotatingStekSource(
            FakeClock.create(), SeededRandom.of(1), Duration.ofHours(6), Duration.ofHours(6));
    SSLContext client = each.client(Contexts.CLIENT);
    SSLContext open = Contexts.ourServer(Contexts.SERVER).tickets(keys).clock(clock()).build();
    SSLContext closed =
        Contexts.ourServer(Contexts.SERVER)
            .tickets(keys)
            .clock(clock())
            .clientAuthentication(ClientAuthentication.NEED, Contexts.trustManager())
            .build();
    each.pair(client, open).handshake().close(Side.CLIENT);
    EnginePair pair = each.pair(client, closed).handshake();
    ResumptionOutcome.Full outcome =
        assertInstanceOf(ResumptionOutcome.Full.class, Reprise.outcome(pair.server().getSession()));
    assertEquals(MissReason.SCOPE_MISMATCH, outcome.reason());
    assertEquals(
        Contexts.CLIENT.certificate(), pair.server().getSession().getPeerCertificates()[0]);
  }

  private static FakeClock clock() {
    return FakeClock.create();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotResumeAmongOtherTrustAnchors(Case each) throws Exception {
    if (!each.ends().ourServer) {
      return;
    }
    StekSource keys =
        new RotatingStekSource(
            FakeClock.create(), SeededRandom.of(1), Duration.ofHours(6), Duration.ofHours(6));
    TestAuthority other = TestAuthority.root("another authority", KeyKind.ECDSA_P256);
    SSLContext client = each.client(Contexts.CLIENT);
    SSLContext first = wanting(keys, Contexts.trustManager());
    SSLContext second = wanting(keys, Contexts.trustManager(other.trustManagers()));
    each.pair(client, first).handshake().close(Side.CLIENT);
    EnginePair pair = each.pair(client, second).handshake();
    ResumptionOutcome.Full outcome =
        assertInstanceOf(ResumptionOutcome.Full.class, Reprise.outcome(pair.server().getSession()));
    assertEquals(MissReason.SCOPE_MISMATCH, outcome.reason());
    assertThrows(
        SSLPeerUnverifiedException.class, () -> pair.server().getSession().getPeerCertificates());
  }

  private static SSLContext wanting(StekSource keys, javax.net.ssl.X509TrustManager trust) {
    return Contexts.ourServer(Contexts.SERVER)
        .tickets(keys)
        .clock(clock())
        .clientAuthentication(ClientAuthentication.WANT, trust)
        .build();
  }

  @Test
  void tellsTheKeyManagerWhatTheServerAccepts() throws Exception {
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      Asking manager = new Asking(Contexts.keyManager(Contexts.CLIENT));
      Case each = new Case(Ends.BOTH_OURS, version);
      needing(each, Contexts.ourClient().keyManager(manager).build()).handshake();
      assertEquals(1, manager.asked.size());
      assertEquals(List.of("EC", "EdDSA", "RSA", "RSASSA-PSS"), manager.asked.getFirst());
      assertEquals(
          List.<Principal>of(TestCertificates.authority().root().getSubjectX500Principal()),
          manager.issuers);
      assertEquals(version, manager.protocol);
    }
  }

  /** Notes what the session says of this side while it judges the other. */
  private static final class Judging extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager other;
    private final List<List<Certificate>> certificates = new ArrayList<>();
    private final List<Principal> principals = new ArrayList<>();

    Judging(X509ExtendedTrustManager other) {
      this.other = other;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      certificates.add(List.of(engine.getHandshakeSession().getLocalCertificates()));
      principals.add(engine.getHandshakeSession().getLocalPrincipal());
      other.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new AssertionError("there is no server to judge");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
      throw new AssertionError("there is no socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {
      throw new AssertionError("there is no socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("there is an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("there is an engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return other.getAcceptedIssuers();
    }
  }

  /** Notes what it is asked. */
  private static final class Asking extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager other;
    private final List<List<String>> asked = new ArrayList<>();
    private List<Principal> issuers = List.of();
    private String protocol = "";

    Asking(X509ExtendedKeyManager other) {
      this.other = other;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] keyTypes, Principal[] accepted, SSLEngine engine) {
      asked.add(List.of(keyTypes));
      issuers = List.of(accepted);
      protocol = engine.getHandshakeSession().getProtocol();
      return other.chooseEngineClientAlias(keyTypes, accepted, engine);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] accepted) {
      return other.getClientAliases(keyType, accepted);
    }

    @Override
    public String chooseClientAlias(
        String[] keyTypes, Principal[] accepted, java.net.Socket socket) {
      throw new AssertionError("there is no socket");
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] accepted) {
      return other.getServerAliases(keyType, accepted);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] accepted, java.net.Socket socket) {
      throw new AssertionError("there is no socket");
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
