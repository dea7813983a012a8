/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Full handshakes: what is negotiated, with ourselves and with the JDK's provider. */
class HandshakeTest {
  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Arguments> casesAndKeyKinds() {
    return cases()
        .flatMap(each -> Stream.of(KeyKind.values()).map(kind -> Arguments.of(each, kind)));
  }

  static Stream<Arguments> casesAndGroups() {
    return cases().flatMap(each -> groups(each.version()).map(group -> Arguments.of(each, group)));
  }

  private static Stream<String> groups(String version) {
    // SunJSSE of JDK 25 has no hybrid, and TLS 1.2 no way to carry it.
    return version.equals(Contexts.TLS13)
        ? Stream.of("x25519", "secp256r1", "secp384r1", "X25519MLKEM768")
        : Stream.of("x25519", "secp256r1", "secp384r1");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void movesDataBothWays(Case each) throws Exception {
    EnginePair pair = each.pair().handshake();
    byte[] data = new byte[100_000];
    SeededRandom.of(1).nextBytes(data);
    assertArrayEquals(data, pair.send(Side.CLIENT, data));
    assertArrayEquals(data, pair.send(Side.SERVER, data));
    assertEquals(each.version(), pair.client().getSession().getProtocol());
    assertEquals(each.version(), pair.server().getSession().getProtocol());
    assertEquals(
        pair.client().getSession().getCipherSuite(), pair.server().getSession().getCipherSuite());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void worksByteByByte(Case each) throws Exception {
    EnginePair pair = each.pair().inPiecesOf(1).handshake();
    byte[] data = {1, 2, 3};
    assertArrayEquals(data, pair.send(Side.CLIENT, data));
    assertArrayEquals(data, pair.send(Side.SERVER, data));
  }

  @ParameterizedTest
  @MethodSource("casesAndKeyKinds")
  void servesEveryKindOfKey(Case each, KeyKind kind) throws Exception {
    TestIdentity identity = TestCertificates.server(kind);
    SSLContext server =
        each.ends().ourServer ? Contexts.ourServer(identity).build() : Contexts.sun(identity);
    EnginePair pair = each.pair(each.client(), server).handshake();
    assertEquals(identity.certificate(), pair.client().getSession().getPeerCertificates()[0]);
  }

  @ParameterizedTest
  @MethodSource("casesAndKeyKinds")
  void asksTheKeyManagerForEveryKindOfKey(Case each, KeyKind kind) throws Exception {
    TestIdentity identity = TestCertificates.server(kind);
    SSLContext server =
        each.ends().ourServer ? Contexts.provided(identity) : Contexts.sun(identity);
    EnginePair pair = each.pair(each.client(), server).handshake();
    assertEquals(identity.certificate(), pair.client().getSession().getPeerCertificates()[0]);
  }

  @ParameterizedTest
  @MethodSource("casesAndGroups")
  void exchangesKeysInEveryGroup(Case each, String group) throws Exception {
    if (each.ends() != Contexts.Ends.BOTH_OURS && group.contains("MLKEM")) {
      return;
    }
    // RFC 8422, Section 5.3: an ECDSA certificate would have to be on one of the client's curves.
    TestIdentity rsa = TestCertificates.server(KeyKind.RSA_2048);
    SSLContext server = each.ends().ourServer ? Contexts.provided(rsa) : Contexts.sun(rsa);
    EnginePair pair = each.pair(each.client(), server);
    Contexts.configure(
        pair.client(), parameters -> parameters.setNamedGroups(new String[] {group}));
    pair.handshake();
    SSLSession session =
        each.ends().ourClient ? pair.client().getSession() : pair.server().getSession();
    assertEquals(group, ((RepriseSession) session).keyExchangeGroup());
  }

  @Test
  void offersTheHybridAndAnOrdinaryShareAtOnce() throws Exception {
    Case each = new Case(Contexts.Ends.OUR_CLIENT, Contexts.TLS13);
    EnginePair pair = each.pair().handshake();
    assertEquals("x25519", ((RepriseSession) pair.client().getSession()).keyExchangeGroup());
    assertEquals(Side.CLIENT, pair.flights().get(2).from(), "no retry is asked for");
    assertTrue(pair.flights().size() <= 4, "three flights and the tickets");
  }

  @ParameterizedTest
  @EnumSource
  void agreesAfterAHelloRetryRequest(Contexts.Ends ends) throws Exception {
    Case each = new Case(ends, Contexts.TLS13);
    EnginePair pair = each.pair();
    Contexts.configure(
        pair.client(),
        parameters -> parameters.setNamedGroups(new String[] {"secp256r1", "secp384r1"}));
    Contexts.configure(
        pair.server(), parameters -> parameters.setNamedGroups(new String[] {"secp384r1"}));
    pair.handshake();
    assertEquals(Side.SERVER, pair.flights().get(1).from());
    assertEquals(2, pair.flights().get(1).records().size(), "the retry and ChangeCipherSpec");
    byte[] data = {1};
    assertArrayEquals(data, pair.send(Side.CLIENT, data));
    SSLSession session =
        each.ends().ourClient ? pair.client().getSession() : pair.server().getSession();
    assertEquals("secp384r1", ((RepriseSession) session).keyExchangeGroup());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void usesEveryCipherSuite(Case each) throws Exception {
    List<String> suites =
        Stream.of(each.client().getSupportedSSLParameters().getCipherSuites())
            .filter(suite -> suite.startsWith("TLS_ECDHE") == each.version().equals("TLSv1.2"))
            .filter(suite -> suite.contains("ECDSA") || !suite.contains("ECDHE"))
            .filter(suite -> suite.contains("GCM") || suite.contains("CHACHA20"))
            .filter(suite -> !suite.contains("TLS_RSA") && !suite.contains("DHE_RSA"))
            .filter(suite -> !suite.contains("DHE_DSS"))
            .toList();
    assertEquals(3, suites.size(), suites::toString);
    for (String suite : suites) {
      EnginePair pair = each.pair();
      pair.client().setEnabledCipherSuites(new String[] {suite});
      pair.handshake();
      assertEquals(suite, pair.server().getSession().getCipherSuite());
      assertArrayEquals(new byte[] {7}, pair.send(Side.SERVER, new byte[] {7}));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsNoCommonCipherSuite(Case each) {
    EnginePair pair = each.pair();
    boolean old = each.version().equals(Contexts.TLS12);
    pair.client()
        .setEnabledCipherSuites(
            new String[] {
              old ? "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" : "TLS_AES_128_GCM_SHA256"
            });
    pair.server()
        .setEnabledCipherSuites(
            new String[] {
              old ? "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" : "TLS_AES_256_GCM_SHA384"
            });
    assertThrows(SSLHandshakeException.class, pair::handshake);
    assertInstanceOf(SSLHandshakeException.class, pair.failure(Side.CLIENT));
    assertInstanceOf(SSLHandshakeException.class, pair.failure(Side.SERVER));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsNoCommonVersion(Case each) {
    EnginePair pair = each.pair();
    String other = each.version().equals(Contexts.TLS12) ? Contexts.TLS13 : Contexts.TLS12;
    pair.server().setEnabledProtocols(new String[] {other});
    assertThrows(SSLHandshakeException.class, pair::handshake);
    assertTrue(
        Observed.message(pair, Side.CLIENT).contains("protocol_version"),
        () -> String.valueOf(pair.failure(Side.CLIENT)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAServerThatNobodyTrusts(Case each) throws Exception {
    TestIdentity stranger =
        TestCertificates.otherAuthority()
            .issue(dev.reprise.testkit.LeafRequest.server(KeyKind.ECDSA_P256, Contexts.HOST));
    SSLContext server =
        each.ends().ourServer ? Contexts.ourServer(stranger).build() : Contexts.sun(stranger);
    EnginePair pair = each.pair(each.client(), server);
    SSLHandshakeException failure = assertThrows(SSLHandshakeException.class, pair::handshake);
    assertTrue(
        Observed.message(failure).startsWith("(certificate_unknown)"), Observed.message(failure));
    assertInstanceOf(java.security.cert.CertificateException.class, failure.getCause());
    assertTrue(
        Observed.message(pair, Side.SERVER).contains("certificate_unknown"),
        "the server hears why");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesAServerOfAnotherName(Case each) throws Exception {
    EnginePair pair = EnginePair.between(each.client(), each.server(), "other.example");
    pair.client().setEnabledProtocols(new String[] {each.version()});
    Contexts.configure(
        pair.client(), parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    assertThrows(SSLHandshakeException.class, pair::handshake);
    assertInstanceOf(
        java.security.cert.CertificateException.class,
        Observed.failure(pair, Side.CLIENT).getCause());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void servesNobodyWithoutACertificate(Case each) throws Exception {
    SSLContext server = each.ends().ourServer ? Contexts.provided(null) : Contexts.sun(null);
    EnginePair pair = each.pair(each.client(), server);
    assertThrows(SSLHandshakeException.class, pair::handshake);
    assertTrue(Observed.message(pair, Side.CLIENT).contains("handshake_failure"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheNullSessionBefore(Case each) {
    SSLSession session = each.pair().client().getSession();
    assertEquals("SSL_NULL_WITH_NULL_NULL", session.getCipherSuite());
    assertEquals("NONE", session.getProtocol());
    assertEquals(0, session.getId().length);
    assertNull(Reprise.outcome(session));
    assertNull(session.getLocalCertificates());
    assertThrows(javax.net.ssl.SSLPeerUnverifiedException.class, session::getPeerCertificates);
  }

  @Test
  void refusesToBeginWithoutAnythingInCommonWithItself() {
    EnginePair pair = new Case(Contexts.Ends.BOTH_OURS, Contexts.TLS13).pair();
    pair.client().setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    assertThrows(SSLHandshakeException.class, () -> pair.client().beginHandshake());
    assertTrue(pair.client().isOutboundDone());
    assertTrue(pair.client().isInboundDone());
  }
}
