/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.FleetMembership;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are nodes of a fleet, whose memory is this test's. */
class FleetTest {
  private static final Duration PERIOD = Duration.ofHours(2);
  private static final Duration LIFETIME = Duration.ofHours(3);

  private final FakeClock clock = FakeClock.create();
  private final Membership fleet = new Membership(clock);

  /** Shares one list of what is revoked among all registers. */
  private static final class Membership implements FleetMembership {
    private final FakeClock clock;
    private final MemorySessionStore store;
    private final RotatingStekSource keys;
    private final List<RevocationRegister> registers = new ArrayList<>();
    private Duration lifetime = LIFETIME;

    Membership(FakeClock clock) {
      this.clock = clock;
      store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
      keys = new RotatingStekSource(clock, SeededRandom.of(2), PERIOD, LIFETIME);
    }

    @Override
    public InstantSource clock() {
      return clock;
    }

    @Override
    public StekSource ticketKeys() {
      return keys;
    }

    @Override
    public SessionStore sessionStore() {
      return store;
    }

    @Override
    public Duration rotateEvery() {
      return PERIOD;
    }

    @Override
    public Duration ticketLifetime() {
      return lifetime;
    }

    @Override
    public RevokedSessions share(RevocationRegister register) {
      registers.add(register);
      return session -> registers.stream().anyMatch(each -> each.contains(session));
    }
  }

  private SSLContext node(UnaryOperator<RepriseServer> more) {
    return more.apply(Contexts.ourServer(Contexts.SERVER).fleet(fleet)).build();
  }

  private SSLContext node() {
    return node(UnaryOperator.identity());
  }

  private SSLContext client() {
    return Contexts.ourClient().clock(clock).build();
  }

  private static SSLSession visit(SSLContext client, SSLContext server, String version)
      throws Exception {
    EnginePair pair = Contexts.pair(client, server, version).handshake();
    // A client takes its tickets when it reads.
    assertArrayEquals(new byte[] {2}, pair.send(Side.SERVER, new byte[] {2}));
    return pair.server().getSession();
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void resumesOnOneNodeByTicketWhatAnotherHasMade(String version) throws Exception {
    SSLContext client = client();
    visit(client, node(), version);
    assertResumed(visit(client, node(), version));
  }

  @ParameterizedTest
  @ValueSource(strings = {Contexts.TLS12, Contexts.TLS13})
  void resumesOnOneNodeFromTheStoreWhatAnotherHasMade(String version) throws Exception {
    SSLContext client = client();
    visit(client, node(RepriseServer::withoutTickets), version);
    assertTrue(fleet.store.size() > 0);
    assertResumed(visit(client, node(RepriseServer::withoutTickets), version));
  }

  @Test
  void refusesOnAllNodesWhatIsRevokedOnOne() throws Exception {
    SSLContext client = client();
    SSLContext one = node();
    SSLContext other = node();
    SSLSession session = visit(client, one, Contexts.TLS13);
    Objects.requireNonNull(Reprise.revocations(one)).revokeSession(session);
    SSLSession back = visit(client, other, Contexts.TLS13);
    assertEquals(
        MissReason.REVOKED,
        assertInstanceOf(ResumptionOutcome.Full.class, Reprise.outcome(back)).reason());
  }

  @Test
  void sharesTheRevocationsThatItIsGiven() {
    Revocations given = new Revocations(Duration.ofDays(7), clock);
    SSLContext one = node(server -> server.revocations(given));
    assertEquals(given, Reprise.revocations(one));
    assertEquals(List.of(given.register()), fleet.registers);
  }

  @Test
  void keepsWhatIsRevokedForAsLongAsAnyFleetsSessionsMayLive() {
    SSLContext node = node();
    Revocations revocations = Objects.requireNonNull(Reprise.revocations(node));
    assertEquals(Duration.ofDays(7), revocations.register().longestSession());
    // The fleet's record was not there when this node was started.
    fleet.lifetime = Duration.ofDays(7);
    ServerSessions sessions = (ServerSessions) node.getServerSessionContext();
    sessions.tidy();
    assertEquals(Duration.ofDays(7), sessions.policy().longestSession());
  }

  @Test
  void takesLifetimesFromTheFleetsRecordAlsoWhenTheyBecomeKnownLater() {
    Revocations forADay = new Revocations(Duration.ofHours(24), clock);
    SSLContext node = node(server -> server.revocations(forADay));
    ServerSessions sessions = (ServerSessions) node.getServerSessionContext();
    assertEquals(LIFETIME, sessions.policy().ticketLifetime());
    assertEquals(PERIOD.multipliedBy(2), sessions.policy().authenticationLifetimeTls12());
    fleet.lifetime = Duration.ofHours(1);
    sessions.tidy();
    assertEquals(Duration.ofHours(1), sessions.policy().ticketLifetime());
    // Longer than what is revoked is remembered for: sessions would outlive their revocation.
    fleet.lifetime = Duration.ofDays(2);
    sessions.tidy();
    assertEquals(Duration.ofHours(1), sessions.policy().ticketLifetime());
  }

  @Test
  void aTimeoutThatWasSetOutlivesTidyingAsLongAsTheRecordIsTheSame() {
    SSLContext node = node();
    ServerSessions sessions = (ServerSessions) node.getServerSessionContext();
    sessions.setSessionTimeout(60);
    sessions.tidy();
    assertEquals(Duration.ofMinutes(1), sessions.policy().ticketLifetime());
  }

  @Test
  void leavesAPolicyThatIsSetAlone() {
    SSLContext node = node(server -> server.policy(ResumptionPolicy.DEFAULT));
    ServerSessions sessions = (ServerSessions) node.getServerSessionContext();
    sessions.tidy();
    assertEquals(ResumptionPolicy.DEFAULT, sessions.policy());
  }

  @Test
  void refusesWhatTheFleetBringsInOneSentence() {
    assertEquals(
        "A fleet brings its clock, ticket keys and session store: leave clock(...) out, or"
            + " fleet(...)",
        refusal(server -> server.clock(clock)));
    assertEquals(
        "A fleet brings its clock, ticket keys and session store: leave tickets(...) out, or"
            + " fleet(...)",
        refusal(server -> server.tickets(fleet.keys)));
    assertEquals(
        "A fleet brings its clock, ticket keys and session store: leave sessionStore(...) out, or"
            + " fleet(...)",
        refusal(server -> server.sessionStore(fleet.store)));
  }

  private String refusal(UnaryOperator<RepriseServer> more) {
    return String.valueOf(assertThrows(IllegalStateException.class, () -> node(more)).getMessage());
  }

  private static void assertResumed(SSLSession session) {
    assertInstanceOf(ResumptionOutcome.Resumed.class, Reprise.outcome(session));
  }
}
