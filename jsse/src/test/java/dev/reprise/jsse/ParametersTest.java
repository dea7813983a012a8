/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.testkit.EnginePair;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** What can be set on an engine, and what comes of it. */
class ParametersTest {
  private static SSLEngine engine() {
    return Contexts.provided(Contexts.SERVER).createSSLEngine("host.example", 443);
  }

  @Test
  void givesBackWhatItTakes() {
    SSLEngine engine = engine();
    SSLParameters given = engine.getSSLParameters();
    List<SNIMatcher> matchers = List.of(SNIHostName.createSNIMatcher(".*"));
    AlgorithmConstraints constraints = new Forbidding("nothing");
    given.setProtocols(new String[] {"TLSv1.2"});
    given.setCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"});
    given.setNamedGroups(new String[] {"secp384r1", "x25519"});
    given.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256", "ed25519"});
    given.setApplicationProtocols(new String[] {"a", "b"});
    given.setServerNames(List.of(new SNIHostName("b.example")));
    given.setSNIMatchers(matchers);
    given.setEndpointIdentificationAlgorithm("LDAPS");
    given.setAlgorithmConstraints(constraints);
    given.setUseCipherSuitesOrder(false);
    given.setWantClientAuth(true);
    given.setEnableRetransmissions(true);
    given.setMaximumPacketSize(1500);
    engine.setSSLParameters(given);
    SSLParameters got = engine.getSSLParameters();
    assertArrayEquals(given.getProtocols(), got.getProtocols());
    assertArrayEquals(given.getCipherSuites(), got.getCipherSuites());
    assertArrayEquals(given.getNamedGroups(), got.getNamedGroups());
    assertArrayEquals(given.getSignatureSchemes(), got.getSignatureSchemes());
    assertArrayEquals(given.getApplicationProtocols(), got.getApplicationProtocols());
    assertEquals(given.getServerNames(), got.getServerNames());
    assertEquals(1, got.getSNIMatchers().size());
    assertEquals("LDAPS", got.getEndpointIdentificationAlgorithm());
    assertSame(constraints, got.getAlgorithmConstraints());
    assertFalse(got.getUseCipherSuitesOrder());
    assertTrue(got.getWantClientAuth());
    assertTrue(got.getEnableRetransmissions());
    assertEquals(1500, got.getMaximumPacketSize());
    assertTrue(engine.getWantClientAuth());
    assertFalse(engine.getNeedClientAuth());
  }

  @Test
  void leavesAloneWhatIsNotGiven() {
    SSLEngine engine = engine();
    engine.setSSLParameters(new SSLParameters());
    SSLParameters got = engine.getSSLParameters();
    assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, got.getProtocols());
    assertEquals(9, got.getCipherSuites().length);
    assertEquals(List.of(new SNIHostName("host.example")), got.getServerNames());
    assertEquals("X25519MLKEM768", got.getNamedGroups()[0]);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    SSLEngine engine = engine();
    for (String[] wrong : new String[][] {{"TLSv1.1"}, {"TLSv1.3", "SSLv3"}, {""}}) {
      assertThrows(IllegalArgumentException.class, () -> engine.setEnabledProtocols(wrong));
    }
    for (String[] wrong : new String[][] {{"TLS_RSA_WITH_AES_128_CBC_SHA"}, {"nonsense"}}) {
      assertThrows(IllegalArgumentException.class, () -> engine.setEnabledCipherSuites(wrong));
    }
    SSLParameters wrong = new SSLParameters();
    wrong.setApplicationProtocols(new String[] {"a"});
    wrong.setProtocols(new String[] {"TLSv1.0"});
    assertThrows(IllegalArgumentException.class, () -> engine.setSSLParameters(wrong));
    assertEquals(0, engine.getSSLParameters().getApplicationProtocols().length);
    assertArrayEquals(new String[] {"TLSv1.3", "TLSv1.2"}, engine.getEnabledProtocols());
  }

  @Test
  void ignoresGroupsAndSchemesThatItDoesNotKnow() {
    SSLEngine engine = engine();
    Contexts.configure(
        engine,
        parameters -> {
          parameters.setNamedGroups(new String[] {"ffdhe2048", "x25519", "nonsense"});
          parameters.setSignatureSchemes(new String[] {"ecdsa_sha1", "ed25519"});
        });
    SSLParameters got = engine.getSSLParameters();
    assertArrayEquals(new String[] {"x25519"}, got.getNamedGroups());
    assertArrayEquals(new String[] {"ed25519"}, got.getSignatureSchemes());
  }

  /** What happens on both providers' engines. */
  private static List<String> both(Consumer<SSLEngine> what) {
    List<String> came = new ArrayList<>();
    for (SSLContext context : List.of(Contexts.provided(null), Contexts.sun(null))) {
      SSLEngine engine = context.createSSLEngine(Contexts.HOST, 443);
      engine.setUseClientMode(true);
      try {
        what.accept(engine);
        came.add("taken");
      } catch (RuntimeException e) {
        came.add(e.getClass().getSimpleName());
      }
    }
    return came;
  }

  @Test
  void takesListsOfGroupsAndSchemesAsTheJdkDoes() {
    String[][] lists = {null, {}, {"nonsense"}, {"secp256r1", "nonsense"}, {"ed25519"}};
    for (String[] list : lists) {
      List<String> taken = List.of("taken", "taken");
      assertEquals(
          taken, both(each -> Contexts.configure(each, given -> given.setNamedGroups(list))));
      assertEquals(
          taken, both(each -> Contexts.configure(each, given -> given.setSignatureSchemes(list))));
    }
    for (String[] list : new String[][] {{""}, {null}}) {
      List<String> refused = List.of("IllegalArgumentException", "IllegalArgumentException");
      assertEquals(
          refused, both(each -> Contexts.configure(each, given -> given.setNamedGroups(list))));
      assertEquals(
          refused,
          both(each -> Contexts.configure(each, given -> given.setSignatureSchemes(list))));
    }
  }

  /** Null: as before. The JDK's engine says null for its own choice of schemes, ours names them. */
  @Test
  void staysAsItIsIfNoListIsGiven() {
    SSLEngine engine = engine();
    SSLParameters before = engine.getSSLParameters();
    Contexts.configure(engine, parameters -> parameters.setNamedGroups(null));
    Contexts.configure(engine, parameters -> parameters.setSignatureSchemes(null));
    assertArrayEquals(before.getNamedGroups(), engine.getSSLParameters().getNamedGroups());
    assertArrayEquals(
        before.getSignatureSchemes(), engine.getSSLParameters().getSignatureSchemes());
  }

  /**
   * The JDK's engine sends a hello that no server can answer; ours says so before anything is sent.
   */
  @Test
  void beginsNothingIfNoGroupOrSchemeIsLeft() {
    for (String[] none : new String[][] {{}, {"nonsense"}}) {
      SSLEngine groups = engine();
      Contexts.configure(groups, parameters -> parameters.setNamedGroups(none));
      groups.setUseClientMode(true);
      assertThrows(SSLHandshakeException.class, groups::beginHandshake);
      SSLEngine schemes = engine();
      Contexts.configure(schemes, parameters -> parameters.setSignatureSchemes(none));
      schemes.setUseClientMode(true);
      assertThrows(SSLHandshakeException.class, schemes::beginHandshake);
    }
  }

  @Test
  void ignoresTheSignalAmongSuites() {
    SSLEngine engine = engine();
    engine.setEnabledCipherSuites(
        new String[] {"TLS_AES_128_GCM_SHA256", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"});
    assertArrayEquals(new String[] {"TLS_AES_128_GCM_SHA256"}, engine.getEnabledCipherSuites());
  }

  @Test
  void needAndWantReplaceEachOther() {
    SSLEngine engine = engine();
    engine.setWantClientAuth(true);
    engine.setNeedClientAuth(true);
    assertFalse(engine.getWantClientAuth());
    assertTrue(engine.getNeedClientAuth());
    engine.setWantClientAuth(false);
    assertFalse(engine.getNeedClientAuth());
  }

  @Test
  void remembersTheSelector() {
    SSLEngine engine = engine();
    BiFunction<SSLEngine, List<String>, String> selector = (_, _) -> "a";
    engine.setHandshakeApplicationProtocolSelector(selector);
    assertSame(selector, engine.getHandshakeApplicationProtocolSelector());
  }

  @Test
  void followsWhicheverOrderCounts() throws Exception {
    SSLContext client = Contexts.provided(null);
    SSLContext server = Contexts.provided(Contexts.SERVER);
    for (boolean servers : new boolean[] {true, false}) {
      for (String version : List.of(Contexts.TLS13, Contexts.TLS12)) {
        String tls = version.equals(Contexts.TLS13) ? "TLS_" : "TLS_ECDHE_ECDSA_WITH_";
        String first = tls + "AES_128_GCM_SHA256";
        String second = tls + "AES_256_GCM_SHA384";
        EnginePair pair = Contexts.pair(client, server, version);
        pair.client().setEnabledCipherSuites(new String[] {first, second});
        pair.server().setEnabledCipherSuites(new String[] {second, first});
        Contexts.configure(
            pair.server(), parameters -> parameters.setUseCipherSuitesOrder(servers));
        pair.handshake();
        assertEquals(servers ? second : first, pair.client().getSession().getCipherSuite());
      }
    }
  }

  @Test
  void keepsToAlgorithmConstraints() throws Exception {
    SSLContext client = Contexts.ourClient().build();
    SSLContext server = Contexts.ourServer(Contexts.SERVER).build();
    EnginePair pair = EnginePair.between(client, server, Contexts.HOST);
    Contexts.configure(
        pair.client(),
        parameters ->
            parameters.setAlgorithmConstraints(
                new Forbidding("TLSv1.3", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "x25519")));
    pair.handshake();
    assertEquals("TLSv1.2", pair.client().getSession().getProtocol());
    assertEquals(
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", pair.client().getSession().getCipherSuite());
    assertEquals("secp256r1", ((RepriseSession) pair.client().getSession()).keyExchangeGroup());
  }

  @Test
  void failsIfConstraintsLeaveNothing() {
    SSLContext client = Contexts.ourClient().build();
    SSLEngine engine = client.createSSLEngine();
    Contexts.configure(
        engine,
        parameters -> parameters.setAlgorithmConstraints(new Forbidding("TLSv1.3", "TLSv1.2")));
    assertThrows(SSLException.class, engine::beginHandshake);
  }

  @Test
  void knowsNamesThatStandForSeveral() {
    List<CipherSuite> all = List.of(CipherSuite.values());
    assertEquals(
        all,
        AlgorithmPolicy.of(null).permitted(all, CipherSuite::standardName),
        "the JDK's own list forbids none of them");
    assertTrue(AlgorithmPolicy.covers("AES_128_GCM", "TLS_AES_128_GCM_SHA256"));
    assertTrue(AlgorithmPolicy.covers("TLS_AES_*", "TLS_AES_128_GCM_SHA256"));
    assertTrue(AlgorithmPolicy.covers("TLSV1.2", "TLSV1.2"));
    assertFalse(AlgorithmPolicy.covers("ECDH", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    assertFalse(AlgorithmPolicy.covers("TLS_RSA_*", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
    assertFalse(AlgorithmPolicy.covers("TLSV1", "TLSV1.2"));
  }

  @Test
  void readsGroupsAsTheJdkDoes() {
    assertEquals(Defaults.GROUPS, Names.enabledGroups(null));
    assertEquals(Defaults.GROUPS, Names.enabledGroups(" "));
    assertEquals(
        List.of(NamedGroup.SECP256R1, NamedGroup.X25519),
        Names.enabledGroups("\"secp256r1, ffdhe2048,x25519\""));
    assertThrows(IllegalArgumentException.class, () -> Names.enabledGroups("ffdhe2048"));
  }

  @Test
  void takesEverythingFromTheBuilders() throws Exception {
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .protocols(List.of("TLSv1.3"))
            .groups(List.of("secp384r1", "secp256r1"))
            .cipherSuites(List.of("TLS_CHACHA20_POLY1305_SHA256"))
            .build();
    SSLContext client =
        Contexts.ourClient()
            .protocols(List.of("TLSv1.2", "TLSv1.3"))
            .groups(List.of("secp256r1"))
            .endpointIdentification("HTTPS")
            .build();
    EnginePair pair = EnginePair.between(client, server, Contexts.HOST).handshake();
    assertEquals("TLS_CHACHA20_POLY1305_SHA256", pair.client().getSession().getCipherSuite());
    assertEquals("HTTPS", pair.client().getSSLParameters().getEndpointIdentificationAlgorithm());
    EnginePair other = EnginePair.between(client, server, "other.example");
    assertThrows(SSLException.class, other::handshake);
    assertThrows(
        IllegalArgumentException.class, () -> Reprise.server().groups(List.of("nonsense")));
    assertThrows(
        IllegalArgumentException.class, () -> Reprise.client().groups(List.of("nonsense")));
  }

  /** Forbids names, and notes what it was asked. */
  private static final class Forbidding implements AlgorithmConstraints {
    private final Set<String> names;
    private final List<String> asked = new ArrayList<>();

    Forbidding(String... names) {
      this.names = Set.of(names);
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
      asked.add(algorithm);
      return !names.contains(algorithm);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
      return true;
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        Key key,
        AlgorithmParameters parameters) {
      return !names.contains(algorithm);
    }
  }
}
