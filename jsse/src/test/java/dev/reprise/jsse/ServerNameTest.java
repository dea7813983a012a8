/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.security.cert.Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Server names: RFC 6066, Section 3; and the virtual hosts that they choose among. */
class ServerNameTest {
  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Case> withOurServer() {
    return Contexts.casesWithOurServer();
  }

  static Stream<Case> withOurClient() {
    return Contexts.casesWithOurClient();
  }

  private static List<SNIServerName> requested(EnginePair pair, Side side) {
    return ((ExtendedSSLSession) (side == Side.CLIENT ? pair.client() : pair.server()).getSession())
        .getRequestedServerNames();
  }

  private static EnginePair named(Case each, String host) {
    EnginePair pair = EnginePair.between(each.client(), each.server(), host);
    pair.client().setEnabledProtocols(new String[] {each.version()});
    return pair;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asksForTheHost(Case each) throws Exception {
    EnginePair pair = named(each, Contexts.HOST).handshake();
    for (Side side : Side.values()) {
      assertEquals(List.of(new SNIHostName(Contexts.HOST)), requested(pair, side));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, ",
    "127.0.0.1, ",
    "::1, ",
    "2001:db8::1, ",
    "a.example., a.example",
    "A.Example, a.example",
    "under_score.example, ",
    "'', "
  })
  void asksForDnsNamesOnly(String host, String expected) throws Exception {
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      EnginePair pair = named(new Case(Ends.OUR_CLIENT, version), host).handshake();
      List<SNIServerName> names = expected == null ? List.of() : List.of(new SNIHostName(expected));
      assertEquals(names, requested(pair, Side.CLIENT));
      assertEquals(names, requested(pair, Side.SERVER));
    }
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void asksForWhatItIsTold(Case each) throws Exception {
    EnginePair pair = named(each, Contexts.HOST);
    Contexts.configure(
        pair.client(),
        parameters -> parameters.setServerNames(List.of(new SNIHostName("told.example"))));
    pair.handshake();
    assertEquals(List.of(new SNIHostName("told.example")), requested(pair, Side.SERVER));
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void asksForNothingIfTold(Case each) throws Exception {
    EnginePair pair = named(each, Contexts.HOST);
    Contexts.configure(pair.client(), parameters -> parameters.setServerNames(List.of()));
    pair.handshake();
    assertEquals(List.of(), requested(pair, Side.SERVER));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void servesNamesThatAMatcherTakes(Case each) throws Exception {
    EnginePair pair = named(each, Contexts.HOST);
    Contexts.configure(
        pair.server(),
        parameters ->
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("(.*\\.)?example"))));
    pair.handshake();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesNamesThatNoMatcherTakes(Case each) {
    EnginePair pair = named(each, Contexts.HOST);
    Contexts.configure(
        pair.server(),
        parameters ->
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("other\\.example"))));
    assertThrows(SSLHandshakeException.class, pair::handshake);
    for (Side side : Side.values()) {
      String message = Observed.message(pair, side);
      assertTrue(message.contains("unrecognized_name"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotResumeForNamesThatNoMatcherTakes(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    each.pair(client, server).handshake().close(Side.CLIENT);
    EnginePair pair = each.pair(client, server);
    Contexts.configure(
        pair.server(),
        parameters ->
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("other\\.example"))));
    assertThrows(SSLHandshakeException.class, pair::handshake);
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void asksNoMatcherWithoutAName(Case each) throws Exception {
    EnginePair pair = named(each, "localhost");
    Contexts.configure(
        pair.server(),
        parameters ->
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("other\\.example"))));
    pair.handshake();
  }

  private static TestIdentity certificateFor(String... names) {
    return TestCertificates.authority().issue(LeafRequest.server(KeyKind.ECDSA_P256, names));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, 0",
    "A.EXAMPLE, 0",
    "b.example, 1",
    "c.example, 1",
    "x.wild.example, 2",
    "exact.wild.example, 3",
    "x.y.wild.example, 0",
    "wild.example, 0",
    "unknown.example, 0",
    "localhost, 0"
  })
  void choosesTheCertificateByName(String name, int expected) throws Exception {
    List<TestIdentity> identities =
        List.of(
            certificateFor("a.example"),
            certificateFor("b.example", "c.example"),
            certificateFor("*.wild.example"),
            certificateFor("exact.wild.example"));
    SSLContext server = Contexts.ourServer(identities.toArray(new TestIdentity[0])).build();
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      EnginePair pair = EnginePair.between(Contexts.ourClient().build(), server, name);
      pair.client().setEnabledProtocols(new String[] {version});
      Certificate shown = pair.handshake().client().getSession().getPeerCertificates()[0];
      assertEquals(identities.get(expected).certificate(), shown);
    }
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void choosesAmongAHostsCertificatesWhatTheClientCanVerify(Case each) throws Exception {
    TestIdentity rsa = TestCertificates.server(KeyKind.RSA_2048);
    SSLContext server = Contexts.ourServer(rsa, Contexts.SERVER).build();
    EnginePair preferred = each.pair(each.client(), server).handshake();
    // The JDK's client prefers the same scheme; where it did not, the server's order counts.
    assertEquals(
        Contexts.SERVER.certificate(), preferred.client().getSession().getPeerCertificates()[0]);
    EnginePair pair = each.pair(each.client(), server);
    Contexts.configure(
        pair.server(),
        parameters -> parameters.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256"}));
    pair.handshake();
    assertEquals(rsa.certificate(), pair.client().getSession().getPeerCertificates()[0]);
  }

  /** RFC 8422, Section 5.3: an ECDSA key must be on one of the client's curves in TLS 1.2. */
  @ParameterizedTest
  @MethodSource("withOurServer")
  void choosesAmongAHostsCertificatesOneOnACurveOfTheClient(Case each) throws Exception {
    TestIdentity rsa = TestCertificates.server(KeyKind.RSA_2048);
    SSLContext server = Contexts.ourServer(Contexts.SERVER, rsa).build();
    EnginePair pair = each.pair(each.client(), server);
    Contexts.configure(
        pair.client(),
        parameters -> parameters.setNamedGroups(new String[] {"x25519", "secp384r1"}));
    Certificate shown = pair.handshake().client().getSession().getPeerCertificates()[0];
    TestIdentity expected = each.version().equals(Contexts.TLS12) ? rsa : Contexts.SERVER;
    assertEquals(expected.certificate(), shown);
  }

  @Test
  void doesNotResumeOnAnotherVirtualHost() throws Exception {
    SSLContext server =
        Contexts.ourServer(certificateFor("a.example"), certificateFor("b.example")).build();
    SSLContext client = Contexts.ourClient().build();
    EnginePair first = EnginePair.between(client, server, "a.example").handshake();
    first.close(Side.CLIENT);
    EnginePair other = EnginePair.between(client, server, "b.example").handshake();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(other.server()));
  }

  @Test
  void keyManagersSeeTheName() throws Exception {
    for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
      java.util.concurrent.atomic.AtomicReference<List<SNIServerName>> seen =
          new java.util.concurrent.atomic.AtomicReference<>();
      SSLContext server =
          Reprise.server()
              .keyManager(
                  new OneAlias(
                      Contexts.keyManager(Contexts.SERVER),
                      engine ->
                          seen.set(
                              ((ExtendedSSLSession) engine.getHandshakeSession())
                                  .getRequestedServerNames())))
              .build();
      Contexts.pair(Contexts.ourClient().build(), server, version).handshake();
      assertEquals(List.of(new SNIHostName(Contexts.HOST)), seen.get());
    }
  }

  @Test
  void needsACertificate() {
    assertThrows(IllegalStateException.class, () -> Reprise.server().build());
    assertThrows(IllegalArgumentException.class, () -> Reprise.server().identities(List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new ServerIdentity(Contexts.SERVER.key(), List.of()));
  }

  @Test
  void doesNotShowAKeyInText() {
    assertTrue(
        Contexts.serverIdentity(Contexts.SERVER).toString().startsWith("ServerIdentity[CN="));
  }

  @Test
  void refusesAClientThatCanVerifyNothing() {
    SSLContext server = Contexts.ourServer(Contexts.SERVER).build();
    EnginePair pair = Contexts.pair(Contexts.ourClient().build(), server, Contexts.TLS13);
    Contexts.configure(
        pair.client(),
        parameters -> parameters.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256"}));
    SSLException failure = assertThrows(SSLException.class, pair::handshake);
    assertTrue(Observed.message(failure).contains("handshake_failure"), Observed.message(failure));
  }
}
