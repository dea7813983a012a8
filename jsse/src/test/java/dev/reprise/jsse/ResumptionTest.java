/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a session is resumed, by what, and if not why. */
class ResumptionTest {
  static Stream<Case> withOurServer() {
    return Contexts.casesWithOurServer();
  }

  static Stream<Case> withOurClient() {
    return Contexts.casesWithOurClient();
  }

  static Stream<Case> cases() {
    return Contexts.cases();
  }

  private final FakeClock clock = FakeClock.create();

  private RepriseServer server() {
    return Contexts.ourServer(Contexts.SERVER).clock(clock);
  }

  /** Connects twice, and says what the server made of the second time. */
  private static ResumptionOutcome second(Case each, SSLContext client, SSLContext server)
      throws Exception {
    return second(each, client, server, server);
  }

  private static ResumptionOutcome second(
      Case each, SSLContext client, SSLContext first, SSLContext second) throws Exception {
    connect(each, client, first);
    return connect(each, client, second);
  }

  private static ResumptionOutcome connect(Case each, SSLContext client, SSLContext server)
      throws Exception {
    EnginePair pair = each.pair(client, server).handshake();
    assertArrayEquals(new byte[] {1}, pair.send(Side.CLIENT, new byte[] {1}));
    assertArrayEquals(new byte[] {2}, pair.send(Side.SERVER, new byte[] {2}));
    ResumptionOutcome outcome = Observed.outcome(pair.server());
    pair.close(Side.CLIENT);
    return outcome;
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesByTicket(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().build();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(connect(each, client, server)));
    for (int i = 0; i < 4; i++) {
      ResumptionOutcome outcome = connect(each, client, server);
      assertEquals(Mechanism.TICKET, Observed.mechanism(outcome));
      assertNotNull(outcome.keyName());
    }
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesWithoutTicketsByIdOrStatefulTicket(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().withoutTickets().build();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(connect(each, client, server)));
    Mechanism expected =
        each.version().equals(Contexts.TLS12) ? Mechanism.SESSION_ID : Mechanism.STATEFUL_TICKET;
    for (int i = 0; i < 4; i++) {
      assertEquals(expected, Observed.mechanism(connect(each, client, server)));
    }
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesByStatefulTicketWhereItIsWanted(Case each) throws Exception {
    SSLContext server = server().statefulTickets(true).build();
    Mechanism expected =
        each.version().equals(Contexts.TLS12) ? Mechanism.TICKET : Mechanism.STATEFUL_TICKET;
    assertEquals(expected, Observed.mechanism(second(each, each.client(), server)));
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void resumesAsClient(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    EnginePair first = each.pair(client, server).handshake();
    first.close(Side.CLIENT);
    EnginePair pair = each.pair(client, server).handshake();
    assertEquals(Mechanism.TICKET, Observed.mechanism(pair.client()));
    assertArrayEquals(
        first.client().getSession().getPeerCertificates(),
        pair.client().getSession().getPeerCertificates());
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesWithoutASingleTaskOfTheServers(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().build();
    connect(each, client, server);
    Duplex duplex = new Duplex(each.pair(client, server)).handshake();
    SSLEngine engine = duplex.engine(Side.SERVER);
    assertEquals(Mechanism.TICKET, Observed.mechanism(engine));
    assertEquals(0, duplex.count(Side.SERVER, HandshakeStatus.NEED_TASK));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void tellsTheAgeOfASession(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().build();
    connect(each, client, server);
    clock.advance(Duration.ofMinutes(10));
    EnginePair pair = each.pair(client, server).handshake();
    RepriseSession session = (RepriseSession) pair.server().getSession();
    assertEquals(
        Duration.ofMinutes(10), ((ResumptionOutcome.Resumed) session.resumptionOutcome()).age());
    clock.advance(Duration.ofMinutes(5));
    assertEquals(Duration.ofMinutes(15), session.age());
    assertEquals(FakeClock.START.toEpochMilli(), session.getCreationTime());
    assertEquals(
        FakeClock.START.plus(Duration.ofMinutes(10)).toEpochMilli(), session.getLastAccessedTime());
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotKnowTheKeysOfAnotherServer(Case each) throws Exception {
    ResumptionOutcome outcome = second(each, each.client(), server().build(), server().build());
    assertEquals(MissReason.UNKNOWN_KEY, Observed.reason(outcome));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesOnEveryServerWithTheSameKeys(Case each) throws Exception {
    StekSource keys = keys();
    ResumptionOutcome outcome =
        second(each, each.client(), server().tickets(keys).build(), server().tickets(keys).build());
    assertEquals(Mechanism.TICKET, Observed.mechanism(outcome));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesOnEveryServerWithTheSameStore(Case each) throws Exception {
    SessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    ResumptionOutcome outcome =
        second(
            each,
            each.client(),
            server().withoutTickets().sessionStore(store).build(),
            server().withoutTickets().sessionStore(store).build());
    assertInstanceOf(ResumptionOutcome.Resumed.class, outcome);
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotResumeInAnotherScope(Case each) throws Exception {
    StekSource keys = keys();
    ResumptionOutcome outcome =
        second(
            each,
            each.client(),
            server().tickets(keys).scopeLabel("a").build(),
            server().tickets(keys).scopeLabel("b").build());
    assertEquals(MissReason.SCOPE_MISMATCH, Observed.reason(outcome));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotResumeUnderAnotherCertificate(Case each) throws Exception {
    StekSource keys = keys();
    RepriseServer other =
        Contexts.ourServer(TestCertificates.server(KeyKind.RSA_2048)).clock(clock);
    ResumptionOutcome outcome =
        second(each, each.client(), server().tickets(keys).build(), other.tickets(keys).build());
    assertEquals(MissReason.SCOPE_MISMATCH, Observed.reason(outcome));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void resumesUnderAnotherCertificateOfTheSameHost(Case each) throws Exception {
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER, TestCertificates.server(KeyKind.RSA_2048)).build();
    SSLContext client = each.client();
    EnginePair first = each.pair(client, server);
    Contexts.configure(
        first.server(),
        parameters -> parameters.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256"}));
    first.handshake().close(Side.CLIENT);
    assertEquals("RSA", keyAlgorithm(first));
    EnginePair pair = each.pair(client, server).handshake();
    assertEquals("EC", keyAlgorithm(pair));
    assertEquals(Mechanism.TICKET, Observed.mechanism(pair.server()));
  }

  private static String keyAlgorithm(EnginePair pair) {
    return pair.server().getSession().getLocalCertificates()[0].getPublicKey().getAlgorithm();
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotResumeOnceTheTicketIsTooOld(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().policy(policy(Duration.ofHours(1), Duration.ofHours(24))).build();
    connect(each, client, server);
    clock.advance(Duration.ofHours(1));
    ResumptionOutcome outcome = connect(each, client, server);
    assertEquals(MissReason.TICKET_EXPIRED, Observed.reason(outcome));
    assertNotNull(outcome.keyName());
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotResumeOnceTheAuthenticationIsTooOld(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server =
        server().policy(policy(Duration.ofHours(1), Duration.ofMinutes(90))).build();
    connect(each, client, server);
    clock.advance(Duration.ofMinutes(50));
    assertEquals(Mechanism.TICKET, Observed.mechanism(connect(each, client, server)));
    clock.advance(Duration.ofMinutes(50));
    assertEquals(MissReason.AUTHENTICATION_TOO_OLD, Observed.reason(connect(each, client, server)));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotResumeOnceTheKeyIsGone(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().build();
    connect(each, client, server);
    clock.advance(Duration.ofHours(13));
    assertEquals(MissReason.KEY_EXPIRED, Observed.reason(connect(each, client, server)));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void renewsATicketUnderTheNextKey(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = server().build();
    connect(each, client, server);
    String first = connect(each, client, server).keyName();
    clock.advance(Duration.ofHours(5));
    connect(each, client, server);
    clock.advance(Duration.ofMinutes(59).plusSeconds(30));
    connect(each, client, server);
    clock.advance(Duration.ofSeconds(29));
    assertEquals(first, connect(each, client, server).keyName());
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void doesNotOfferASessionUnderAnotherServerName(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    each.pair(client, server).handshake().close(Side.CLIENT);
    EnginePair pair = each.pair(client, server);
    Contexts.configure(
        pair.client(),
        parameters ->
            parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName("other.example"))));
    pair.handshake();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(pair.client()));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotFindWhatTheStoreHasForgotten(Case each) throws Exception {
    MemorySessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    SSLContext client = each.client();
    SSLContext server = server().withoutTickets().sessionStore(store).build();
    connect(each, client, server);
    store.close();
    assertEquals(MissReason.NOT_IN_STORE, Observed.reason(connect(each, client, server)));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void doesNotFailWithAStoreThatFails(Case each) throws Exception {
    MemorySessionStore memory = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    SSLContext client = each.client();
    connect(each, client, server().withoutTickets().sessionStore(memory).build());
    SSLContext broken = server().withoutTickets().sessionStore(new BrokenStore(memory)).build();
    assertEquals(MissReason.STORE_UNAVAILABLE, Observed.reason(connect(each, client, broken)));
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void waitsForAStoreInATask(Case each) throws Exception {
    MemorySessionStore memory = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    SSLContext server = server().withoutTickets().sessionStore(new LateStore(memory)).build();
    assertInstanceOf(ResumptionOutcome.Resumed.class, second(each, each.client(), server));
  }

  @Test
  void usesAStatefulTicketOnce() throws Exception {
    Case each = new Case(Ends.BOTH_OURS, Contexts.TLS13);
    MemorySessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    SSLContext client = each.client();
    SSLContext server = server().withoutTickets().sessionStore(store).build();
    connect(each, client, server);
    assertEquals(2, store.size());
    connect(each, client, server);
    assertEquals(2, store.size(), "one was taken, and one has replaced it");
  }

  @Test
  void keepsNoSessionOfClientsWhoseIssuersCannotBeTold() throws Exception {
    Case each = new Case(Ends.BOTH_OURS, Contexts.TLS13);
    javax.net.ssl.X509TrustManager anyone = new PlainTrust(Contexts.trustManager(), false);
    SSLContext client = each.client(Contexts.CLIENT);
    SSLContext server = server().clientAuthentication(ClientAuthentication.NEED, anyone).build();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(second(each, client, server)));
    SSLContext labelled =
        server()
            .clientAuthentication(ClientAuthentication.NEED, anyone)
            .scopeLabel("clients")
            .build();
    assertEquals(Mechanism.TICKET, Observed.mechanism(second(each, client, labelled)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keepsSessionsOfDifferentPortsApart(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    connect(client.createSSLEngine(Contexts.HOST, 1), each, server);
    SSLEngine other = client.createSSLEngine(Contexts.HOST, 2);
    EnginePair pair = connect(other, each, server);
    assertFalse(isResumed(pair, each));
    assertTrue(isResumed(connect(client.createSSLEngine(Contexts.HOST, 1), each, server), each));
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void doesNotResumeASessionWhoseServerWasNotIdentified(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    EnginePair careless = EnginePair.between(client, server, Contexts.HOST);
    careless.client().setEnabledProtocols(new String[] {each.version()});
    careless.handshake().close(Side.CLIENT);
    EnginePair pair = each.pair(client, server).handshake();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(pair.client()));
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void remembersNothingOfAServerItCannotName(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    for (int i = 0; i < 2; i++) {
      EnginePair pair = connect(client.createSSLEngine(), each, server);
      assertEquals(MissReason.NOT_OFFERED, Observed.reason(pair.client()));
    }
  }

  @ParameterizedTest
  @MethodSource("withOurClient")
  void forgetsAnInvalidatedSession(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    EnginePair first = each.pair(client, server).handshake();
    first.client().getSession().invalidate();
    assertFalse(first.client().getSession().isValid());
    EnginePair pair = each.pair(client, server).handshake();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(pair.client()));
  }

  @Test
  void forgetsAnInvalidatedSessionOfTheServers() throws Exception {
    Case each = new Case(Ends.BOTH_OURS, Contexts.TLS12);
    SSLContext client = each.client();
    SSLContext server = server().withoutTickets().build();
    EnginePair first = each.pair(client, server).handshake();
    first.server().getSession().invalidate();
    assertEquals(MissReason.NOT_IN_STORE, Observed.reason(connect(each, client, server)));
  }

  @Test
  void offersTls12SessionsToBothVersionsServers() throws Exception {
    SSLContext client = Contexts.ourClient().build();
    SSLContext server = server().build();
    Case tls12 = new Case(Ends.BOTH_OURS, Contexts.TLS12);
    connect(tls12, client, server);
    EnginePair pair = EnginePair.between(client, server, Contexts.HOST);
    Contexts.configure(
        pair.client(), parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    pair.handshake();
    assertEquals(Contexts.TLS13, pair.client().getSession().getProtocol());
    assertInstanceOf(ResumptionOutcome.Full.class, Reprise.outcome(pair.server().getSession()));
  }

  @Test
  void knowsNothingOfSessionsOfOthers() throws Exception {
    EnginePair pair = new Case(Ends.OUR_CLIENT, Contexts.TLS13).pair().handshake();
    assertNull(Reprise.outcome(pair.server().getSession()));
  }

  private EnginePair connect(SSLEngine client, Case each, SSLContext server) throws Exception {
    client.setUseClientMode(true);
    client.setEnabledProtocols(new String[] {each.version()});
    SSLEngine other = server.createSSLEngine();
    other.setUseClientMode(false);
    EnginePair pair = EnginePair.of(client, other).handshake();
    pair.close(Side.CLIENT);
    return pair;
  }

  private static boolean isResumed(EnginePair pair, Case each) {
    SSLEngine ours = each.ends().ourServer ? pair.server() : pair.client();
    return Reprise.outcome(ours.getSession()) instanceof ResumptionOutcome.Resumed;
  }

  private StekSource keys() {
    return new RotatingStekSource(
        clock, SeededRandom.of(7), Duration.ofHours(6), Duration.ofHours(6));
  }

  private static ResumptionPolicy policy(Duration ticket, Duration authentication) {
    return new ResumptionPolicy(ticket, authentication, authentication, 2, 1, false, "test");
  }

  /** Takes sessions and never gives them back. */
  private record BrokenStore(SessionStore other) implements SessionStore {
    @Override
    public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
      return CompletableFuture.failedFuture(new IllegalStateException("down"));
    }

    @Override
    public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.failedFuture(new IllegalStateException("down"));
    }

    @Override
    public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.completedFuture(new Lookup.Unavailable());
    }

    @Override
    public CompletionStage<Boolean> remove(Opaque id) {
      return other.remove(id);
    }
  }
}
