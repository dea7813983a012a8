/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.Lineage;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a context tells of its sessions, and how they end before their time. */
class SessionContextTest {
  private final FakeClock clock = FakeClock.create();

  static Stream<Case> bothOurs() {
    return Contexts.cases().filter(each -> each.ends() == Ends.BOTH_OURS);
  }

  private SSLContext server() {
    return Contexts.ourServer(Contexts.SERVER).clock(clock).build();
  }

  private SSLContext client() {
    return Contexts.ourClient().clock(clock).build();
  }

  private static EnginePair connect(Case each, SSLContext client, SSLContext server)
      throws Exception {
    EnginePair pair = each.pair(client, server).handshake();
    pair.send(Side.CLIENT, new byte[1]);
    pair.send(Side.SERVER, new byte[1]);
    pair.close(Side.CLIENT);
    return pair;
  }

  private static SSLSessionContext sessions(EnginePair pair, Side side) {
    return engine(pair, side).getSession().getSessionContext();
  }

  private static SSLEngine engine(EnginePair pair, Side side) {
    return side == Side.CLIENT ? pair.client() : pair.server();
  }

  private static List<byte[]> ids(SSLSessionContext sessions) {
    return Collections.list(sessions.getIds());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void findsEachSessionByItsIdOnce(Case each) throws Exception {
    SSLContext client = client();
    SSLContext server = server();
    connect(each, client, server);
    EnginePair pair = connect(each, client, server);
    for (Side side : Side.values()) {
      ExtendedSSLSession session = (ExtendedSSLSession) engine(pair, side).getSession();
      SSLSessionContext sessions = sessions(pair, side);
      assertEquals(1, ids(sessions).size());
      assertArrayEquals(session.getId(), ids(sessions).getFirst());
      SSLSession found = sessions.getSession(session.getId());
      assertEquals(session.getCipherSuite(), found.getCipherSuite());
      assertArrayEquals(session.getId(), found.getId());
      assertEquals(session.getCreationTime(), found.getCreationTime());
      session.putValue("name", "value");
      assertEquals("value", found.getValue("name"));
      byte[] none = {};
      assertThrows(
          IllegalStateException.class,
          () -> ((ExtendedSSLSession) found).exportKeyingMaterialData("EXPERIMENTAL", none, 9));
    }
    assertNull(client.getClientSessionContext().getSession(new byte[32]));
    assertFalse(client.getServerSessionContext().getIds().hasMoreElements());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void listsNothingThatIsPast(Case each) throws Exception {
    EnginePair pair = connect(each, client(), server());
    clock.advance(Duration.ofHours(6));
    for (Side side : Side.values()) {
      assertEquals(0, ids(sessions(pair, side)).size());
      assertNull(sessions(pair, side).getSession(engine(pair, side).getSession().getId()));
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void listsNoMoreThanItMayKeep(Case each) throws Exception {
    SSLContext server = server();
    server.getServerSessionContext().setSessionCacheSize(3);
    for (int i = 0; i < 5; i++) {
      connect(each, client(), server);
    }
    assertEquals(3, ids(server.getServerSessionContext()).size());
    server.getServerSessionContext().setSessionCacheSize(1);
    assertEquals(1, ids(server.getServerSessionContext()).size());
  }

  @Test
  void listsNothingWhereNothingIsRemembered() throws Exception {
    SSLContext client = client();
    EnginePair pair =
        EnginePair.of(client.createSSLEngine(), server().createSSLEngine()).handshake();
    assertEquals(0, ids(sessions(pair, Side.CLIENT)).size());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void aServerTakesNoTicketOfAnInvalidatedSession(Case each) throws Exception {
    SSLContext client = client();
    SSLContext server = server();
    EnginePair first = connect(each, client, server);
    first.server().getSession().invalidate();
    assertFalse(first.server().getSession().isValid());
    assertEquals(0, ids(sessions(first, Side.SERVER)).size());
    EnginePair second = connect(each, client, server);
    assertEquals(MissReason.REVOKED, Observed.reason(second.server()));
    Observed.mechanism(connect(each, client, server).server());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void aServerEndsAllThatDescendsFromOneHandshake(Case each) throws Exception {
    SSLContext client = client();
    SSLContext server = server();
    EnginePair first = connect(each, client, server);
    EnginePair second = connect(each, client, server);
    Observed.mechanism(second.server());
    first.server().getSession().invalidate();
    assertFalse(second.server().getSession().isValid());
    assertEquals(MissReason.REVOKED, Observed.reason(connect(each, client, server).server()));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void anotherServerWithTheSameKeysStillTakesTheTicket(Case each) throws Exception {
    try (RotatingStekSource keys =
        new RotatingStekSource(
            clock, SeededRandom.of(1), Duration.ofHours(6), Duration.ofHours(6))) {
      SSLContext one = Contexts.ourServer(Contexts.SERVER).clock(clock).tickets(keys).build();
      SSLContext other = Contexts.ourServer(Contexts.SERVER).clock(clock).tickets(keys).build();
      SSLContext client = client();
      connect(each, client, one).server().getSession().invalidate();
      Observed.mechanism(connect(each, client, other).server());
    }
  }

  @Test
  void aClientOffersNoTicketThatComesAfterItsSessionWasInvalidated() throws Exception {
    Case each = new Case(Ends.BOTH_OURS, Contexts.TLS13);
    SSLContext client = client();
    SSLContext server = server();
    Duplex duplex = new Duplex(each.pair(client, server));
    duplex.engine(Side.CLIENT).beginHandshake();
    while (duplex.count(Side.SERVER, javax.net.ssl.SSLEngineResult.HandshakeStatus.FINISHED) == 0) {
      if (!duplex.step(Side.CLIENT)) {
        duplex.step(Side.SERVER);
      }
    }
    duplex.engine(Side.CLIENT).getSession().invalidate();
    duplex.settle();
    assertEquals(MissReason.NOT_OFFERED, Observed.reason(connect(each, client, server).client()));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void canInvalidateWhatItFinds(Case each) throws Exception {
    for (Side side : Side.values()) {
      SSLContext client = client();
      SSLContext server = server();
      EnginePair first = connect(each, client, server);
      SSLSession session = engine(first, side).getSession();
      SSLSession found = sessions(first, side).getSession(session.getId());
      assertNotNull(found);
      found.invalidate();
      assertFalse(session.isValid());
      MissReason expected = side == Side.CLIENT ? MissReason.NOT_OFFERED : MissReason.REVOKED;
      assertEquals(expected, Observed.reason(connect(each, client, server).server()));
    }
  }

  /** Of our two validities a timeout bounds both: JSSE counts from a session's creation. */
  @ParameterizedTest
  @MethodSource("bothOurs")
  void endsSessionsByTheirAgeHoweverOftenTheyAreRenewed(Case each) throws Exception {
    for (Side side : Side.values()) {
      SSLContext client = client();
      SSLContext server = server();
      (side == Side.CLIENT ? client.getClientSessionContext() : server.getServerSessionContext())
          .setSessionTimeout(60);
      connect(each, client, server);
      clock.advance(Duration.ofSeconds(40));
      Observed.mechanism(connect(each, client, server).server());
      clock.advance(Duration.ofSeconds(20));
      EnginePair late = connect(each, client, server);
      // The server has told the client so.
      assertEquals(MissReason.NOT_OFFERED, Observed.reason(late.server()));
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void appliesAShorterTimeoutAtOnce(Case each) throws Exception {
    SSLContext client = client();
    SSLContext server = server();
    EnginePair first = connect(each, client, server);
    clock.advance(Duration.ofSeconds(100));
    server.getServerSessionContext().setSessionTimeout(100);
    assertEquals(0, ids(sessions(first, Side.SERVER)).size());
    assertEquals(
        MissReason.AUTHENTICATION_TOO_OLD, Observed.reason(connect(each, client, server).server()));
  }

  /** A longer one makes tickets last, but no authentication, which is the policy's to say. */
  @ParameterizedTest
  @MethodSource("bothOurs")
  void doesNotLengthenAnAuthentication(Case each) throws Exception {
    SSLContext client = client();
    SSLContext server = Contexts.ourServer(Contexts.SERVER).clock(clock).withoutTickets().build();
    client.getClientSessionContext().setSessionTimeout(0);
    server.getServerSessionContext().setSessionTimeout(0);
    Duration most =
        each.version().equals(Contexts.TLS13)
            ? ResumptionPolicy.DEFAULT.authenticationLifetimeTls13()
            : ResumptionPolicy.DEFAULT.authenticationLifetimeTls12();
    connect(each, client, server);
    clock.advance(most.minusHours(1));
    Observed.mechanism(connect(each, client, server).server());
    clock.advance(Duration.ofHours(1));
    Observed.reason(connect(each, client, server).server());
  }

  @Test
  void keepsNoValuesOfSessionsThatArePast() throws Exception {
    ServerSessions sessions = (ServerSessions) server().getServerSessionContext();
    Lineage lineage = new Lineage(clock.millis(), 1);
    sessions.known().valuesToChange(lineage);
    clock.advance(ResumptionPolicy.DEFAULT.longestSession());
    sessions.tidy();
    assertNotNull(sessions.known().values(lineage));
    clock.advance(Duration.ofMillis(1));
    sessions.tidy();
    assertNull(sessions.known().values(lineage));
  }

  @Test
  void wipesTheSessionsOfAClientWhoseCacheGetsAnotherSize() throws Exception {
    SSLContext client = client();
    EnginePair pair = connect(new Case(Ends.BOTH_OURS, Contexts.TLS13), client, server());
    ClientSessionKey key = Objects.requireNonNull(((RepriseEngine) pair.client()).sessionKey());
    ClientSessions sessions = (ClientSessions) client.getClientSessionContext();
    ClientSession kept = Objects.requireNonNull(sessions.store().take(key));
    sessions.store().put(key, kept);
    sessions.setSessionCacheSize(7);
    assertTrue(kept.session().secret().isClosed());
    assertNull(sessions.store().take(key));
  }

  /** A server of TLS 1.2 may give an ID that another server has given before. */
  @Test
  void sessionsOfTwoServersUnderOneIdAreListedOnceAndEndTogether() throws Exception {
    SSLContext client = client();
    SSLContext server = Contexts.ourServer(Contexts.SERVER).clock(clock).withoutTickets().build();
    EnginePair pair = connect(new Case(Ends.BOTH_OURS, Contexts.TLS12), client, server);
    RepriseSession first = (RepriseSession) pair.client().getSession();
    ClientSessions sessions = (ClientSessions) client.getClientSessionContext();
    RepriseSession other = underTheIdOf(first, sessions);
    sessions.list(other);
    assertEquals(1, ids(sessions).size());
    assertSame(other, sessions.getSession(first.getId()));
    other.invalidate();
    assertNull(sessions.getSession(first.getId()));
    assertEquals(0, ids(sessions).size());
  }

  private RepriseSession underTheIdOf(RepriseSession first, ClientSessions sessions) {
    ConnectionInfo info = first.info();
    ConnectionInfo others =
        new ConnectionInfo(
            info.version(),
            info.suite(),
            info.group(),
            info.serverName(),
            info.applicationProtocol(),
            info.outcome(),
            info.sessionId(),
            info.peerCertificates(),
            info.localIdentity(),
            info.peerSignatureSchemes(),
            info.createdAtMillis(),
            info.authenticatedAtMillis(),
            info.lineage() + 1,
            null);
    return new RepriseSession(
        others,
        new RepriseSession.Surroundings(
            sessions, "other", 443, clock, null, List.of(), null, () -> {}));
  }
}
