/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of sessions when a server's certificates are renewed. */
final class CertificateRenewalTest {
  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final List<ServerIdentity> OLD = identities("a.example", 0);
  private static final List<ServerIdentity> NEW = identities("a.example", 1);
  private static final List<ServerIdentity> NEWER = identities("a.example", 2);
  private static final List<ServerIdentity> OTHER_NAMES = identities("b.example", 0);

  /** How a session is remembered. */
  record Way(ProtocolVersion version, boolean stateful) {}

  static Stream<Way> ways() {
    return Stream.of(
        new Way(ProtocolVersion.TLS12, false),
        new Way(ProtocolVersion.TLS12, true),
        new Way(ProtocolVersion.TLS13, false),
        new Way(ProtocolVersion.TLS13, true));
  }

  private final FakeClock clock = FakeClock.create();
  private final RotatingStekSource keys =
      new RotatingStekSource(clock, SeededRandom.of(1), Duration.ofHours(6), LIFETIME);
  private final MemorySessionStore store =
      new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
  private final ServerIdentities identities = new ServerIdentities(OLD, clock);

  private static List<ServerIdentity> identities(String name, int day) {
    LeafRequest request =
        LeafRequest.server(KeyKind.ECDSA_P256, name)
            .valid(LeafRequest.NOT_BEFORE.plus(Duration.ofDays(day)), LeafRequest.NOT_AFTER);
    return List.of(Contexts.serverIdentity(TestCertificates.authority().issue(request)));
  }

  private RepriseServer server(Way way) {
    RepriseServer server =
        Reprise.server().identities(identities).clock(clock).sessionStore(store).tickets(keys);
    return way.stateful() ? server.withoutTickets() : server;
  }

  private ClientSession session(Way way, SSLContext server) throws Exception {
    return Objects.requireNonNull(client(way).connect(server.createSSLEngine()));
  }

  private RawClient client(Way way) {
    return new RawClient(clock, way.version(), "a.example", List.of(Contexts.CLIENT));
  }

  private ResumptionOutcome offer(Way way, ClientSession session, SSLContext server)
      throws Exception {
    SSLEngine engine = server.createSSLEngine();
    client(way).offering(session).connect(engine);
    return Observed.outcome(engine);
  }

  private static void assertResumed(ResumptionOutcome outcome) {
    assertInstanceOf(ResumptionOutcome.Resumed.class, outcome);
  }

  private static void assertMiss(MissReason reason, ResumptionOutcome outcome) {
    assertEquals(reason, Observed.reason(outcome));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aRenewalVoidsNoSession(Way way) throws Exception {
    SSLContext server = server(way).build();
    ClientSession session = session(way, server);
    ClientSession another = session(way, server);
    identities.renew(NEW);
    assertResumed(offer(way, session, server));
    identities.renew(NEWER);
    assertResumed(offer(way, another, server));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void formerScopesAreAcceptedForOneTicketLifetime(Way way) throws Exception {
    SSLContext server = server(way).build();
    // A node of the same fleet that goes on with the old certificate for a while.
    SSLContext late =
        Reprise.server().identities(OLD).clock(clock).sessionStore(store).tickets(keys).build();
    if (way.stateful()) {
      late =
          Reprise.server()
              .identities(OLD)
              .clock(clock)
              .sessionStore(store)
              .withoutTickets()
              .build();
    }
    identities.renew(NEW);
    Instant renewed = clock.instant();
    clock.advance(Duration.ofHours(3));
    ClientSession one = session(way, late);
    ClientSession two = session(way, late);
    clock.set(renewed.plus(LIFETIME).minusSeconds(1));
    assertResumed(offer(way, one, server));
    clock.set(renewed.plus(LIFETIME));
    assertMiss(MissReason.SCOPE_MISMATCH, offer(way, two, server));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsRememberedAfterARenewalBelongsToTheNewCertificate(Way way) throws Exception {
    SSLContext server = server(way).build();
    ClientSession old = session(way, server);
    identities.renew(NEW);
    RawClient client = client(way).offering(old);
    SSLEngine engine = server.createSSLEngine();
    ClientSession renewed = client.connect(engine);
    assertResumed(Observed.outcome(engine));
    if (way.version() == ProtocolVersion.TLS12 && way.stateful()) {
      return; // A session ID is not renewed.
    }
    clock.advance(Duration.ofHours(5));
    SSLContext newOnly =
        Reprise.server().identities(NEW).clock(clock).sessionStore(store).tickets(keys).build();
    if (way.stateful()) {
      newOnly =
          Reprise.server()
              .identities(NEW)
              .clock(clock)
              .sessionStore(store)
              .withoutTickets()
              .build();
    }
    assertResumed(offer(way, Objects.requireNonNull(renewed), newOnly));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void otherNamesAreAnotherHost(Way way) throws Exception {
    SSLContext server = server(way).build();
    ClientSession session = session(way, server);
    identities.renew(OTHER_NAMES);
    assertMiss(MissReason.SCOPE_MISMATCH, offer(way, session, server));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aReplacementVoidsAllSessions(Way way) throws Exception {
    SSLContext server = server(way).build();
    ClientSession session = session(way, server);
    identities.replace(NEW);
    assertMiss(MissReason.SCOPE_MISMATCH, offer(way, session, server));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void otherRulesForClientsVoidAllSessions(Way way) throws Exception {
    SSLContext open = server(way).build();
    ClientSession session = session(way, open);
    identities.renew(NEW);
    SSLContext strict =
        server(way)
            .clientAuthentication(ClientAuthentication.NEED, Contexts.trustManager())
            .build();
    assertMiss(MissReason.SCOPE_MISMATCH, offer(way, session, strict));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void everyHandshakeShowsTheCertificateOfItsTime(ProtocolVersion version) throws Exception {
    Way way = new Way(version, false);
    SSLContext server = server(way).build();
    SSLEngine before = server.createSSLEngine();
    client(way).connect(before);
    identities.renew(NEW);
    SSLEngine after = server.createSSLEngine();
    client(way).connect(after);
    assertNotEquals(
        before.getSession().getLocalCertificates()[0],
        after.getSession().getLocalCertificates()[0]);
  }
}
