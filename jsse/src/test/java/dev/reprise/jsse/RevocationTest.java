/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to remember a session, against every way to revoke it. */
final class RevocationTest {
  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final TestIdentity OTHER_CLIENT =
      TestCertificates.authority().issue(LeafRequest.client(KeyKind.ECDSA_P256, "other.example"));

  enum Memory {
    SESSION_ID(ProtocolVersion.TLS12, true),
    TICKET(ProtocolVersion.TLS12, false),
    PSK(ProtocolVersion.TLS13, false),
    STATEFUL_TICKET(ProtocolVersion.TLS13, true);

    final ProtocolVersion version;
    final boolean stored;

    Memory(ProtocolVersion version, boolean stored) {
      this.version = version;
      this.stored = stored;
    }
  }

  /** What is ordered; what else was remembered must stay. */
  enum Order {
    SESSION,
    SESSION_FROM_AFAR,
    CERTIFICATE,
    CERTIFICATE_FROM_AFAR,
    BEFORE
  }

  record Cell(Memory memory, Order order) {}

  static Stream<Cell> cells() {
    return Stream.of(Memory.values())
        .flatMap(memory -> Stream.of(Order.values()).map(order -> new Cell(memory, order)));
  }

  private final FakeClock clock = FakeClock.create();
  private final MemorySessionStore store =
      new MemorySessionStore(1 << 20, clock, SeededRandom.of(2));
  private final RotatingStekSource keys =
      new RotatingStekSource(clock, SeededRandom.of(1), LIFETIME, LIFETIME);
  private final Revocations revocations = new Revocations(Duration.ofHours(24), clock);

  private SSLContext server(Memory memory) {
    RepriseServer server =
        Contexts.ourServer(Contexts.SERVER)
            .clock(clock)
            .clientAuthentication(
                ClientAuthentication.NEED, Contexts.trustManager(TestCertificates.trustManagers()))
            .sessionStore(store)
            .revocations(revocations)
            .tickets(keys);
    return (memory.stored ? server.withoutTickets() : server).build();
  }

  private RawClient client(Memory memory, TestIdentity identity) {
    return new RawClient(clock, memory.version, Contexts.HOST, List.of(identity));
  }

  private record Visit(SSLEngine engine, ClientSession left) {
    SSLSession session() {
      return engine.getSession();
    }
  }

  private Visit visit(Memory memory, SSLContext server, TestIdentity identity) throws Exception {
    SSLEngine engine = server.createSSLEngine();
    return new Visit(engine, Objects.requireNonNull(client(memory, identity).connect(engine)));
  }

  private Visit comeBack(
      Memory memory, SSLContext server, TestIdentity identity, ClientSession session)
      throws Exception {
    SSLEngine engine = server.createSSLEngine();
    ClientSession left = client(memory, identity).offering(session).connect(engine);
    // In TLS 1.2 a session that resumes is still the one it was.
    return new Visit(engine, left == null ? session : left);
  }

  private static void revoke(Revocations revocations, Order order, SSLSession session)
      throws Exception {
    X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
    switch (order) {
      case SESSION -> revocations.revokeSession(session);
      case SESSION_FROM_AFAR ->
          revocations.revokeSession(((RepriseSession) session).revocationId());
      case CERTIFICATE -> revocations.revokeCertificate(certificate);
      case CERTIFICATE_FROM_AFAR ->
          revocations.revokeCertificate(
              HexFormat.ofDelimiter(":")
                  .withUpperCase()
                  .formatHex(Sha256.of(certificate.getEncoded())));
      case BEFORE ->
          revocations.revokeBefore(java.time.Instant.ofEpochMilli(session.getCreationTime() + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  @Refuses("A9")
  void aRevokedSessionIsNotResumedAndAllOthersAre(Cell cell) throws Exception {
    SSLContext server = server(cell.memory());
    Visit first = visit(cell.memory(), server, Contexts.CLIENT);
    clock.advance(Duration.ofMinutes(1));
    Visit other = visit(cell.memory(), server, OTHER_CLIENT);
    revoke(revocations, cell.order(), first.session());
    assertFalse(first.session().isValid());
    assertTrue(other.session().isValid());
    Visit back = comeBack(cell.memory(), server, Contexts.CLIENT, first.left());
    assertEquals(MissReason.REVOKED, Observed.reason(back.engine()));
    Visit otherBack = comeBack(cell.memory(), server, OTHER_CLIENT, other.left());
    assertInstanceOf(ResumptionOutcome.Resumed.class, Observed.outcome(otherBack.engine()));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void noRenewalWashesARevocationOff(Cell cell) throws Exception {
    SSLContext server = server(cell.memory());
    Visit first = visit(cell.memory(), server, Contexts.CLIENT);
    // Past the middle of the key's time: a TLS 1.2 ticket is renewed, too.
    clock.advance(LIFETIME.minusMinutes(1));
    Visit second = comeBack(cell.memory(), server, Contexts.CLIENT, first.left());
    assertInstanceOf(ResumptionOutcome.Resumed.class, Observed.outcome(second.engine()));
    revoke(revocations, cell.order(), first.session());
    assertFalse(second.session().isValid());
    Visit third = comeBack(cell.memory(), server, Contexts.CLIENT, second.left());
    assertEquals(MissReason.REVOKED, Observed.reason(third.engine()));
  }

  @ParameterizedTest
  @MethodSource("cells")
  @Upholds("A9")
  void aFullHandshakeThatComesAfterIsRememberedAsEver(Cell cell) throws Exception {
    SSLContext server = server(cell.memory());
    revoke(revocations, cell.order(), visit(cell.memory(), server, Contexts.CLIENT).session());
    clock.advance(ResumptionPolicy.CLOCK_TOLERANCE.plusMillis(1));
    Visit later = visit(cell.memory(), server, Contexts.CLIENT);
    Visit back = comeBack(cell.memory(), server, Contexts.CLIENT, later.left());
    assertInstanceOf(ResumptionOutcome.Resumed.class, Observed.outcome(back.engine()));
  }

  @ParameterizedTest
  @EnumSource(Memory.class)
  void whatIsInTheStoreIsForgottenWhenItComesUp(Memory memory) throws Exception {
    SSLContext server = server(memory);
    Visit first = visit(memory, server, Contexts.CLIENT);
    int stored = store.size();
    assertEquals(memory.stored, stored > 0);
    revocations.revokeSession(first.session());
    assertEquals(stored, store.size());
    // Without a certificate no new session takes the place of the old one.
    SSLEngine engine = server.createSSLEngine();
    assertThrows(
        Exception.class,
        () ->
            new RawClient(clock, memory.version, Contexts.HOST, List.of())
                .offering(first.left())
                .connect(engine));
    assertEquals(memory.stored ? stored - 1 : 0, store.size());
  }

  @ParameterizedTest
  @EnumSource(Memory.class)
  void anotherContextThatSharesTheRegisterRefusesAsWell(Memory memory) throws Exception {
    Visit first = visit(memory, server(memory), Contexts.CLIENT);
    revocations.revokeSession(first.session());
    Visit back = comeBack(memory, server(memory), Contexts.CLIENT, first.left());
    assertEquals(MissReason.REVOKED, Observed.reason(back.engine()));
  }

  @Test
  void everyContextHasARegisterOfItsOwn() throws Exception {
    SSLContext server = Contexts.provided(Contexts.SERVER);
    Revocations own = Objects.requireNonNull(Reprise.revocations(server));
    SSLContext client = Contexts.ourClient().build();
    SSLSession session =
        Contexts.pair(client, server, Contexts.TLS13).handshake().server().getSession();
    own.revokeSession(session);
    assertFalse(session.isValid());
    assertEquals(null, Reprise.revocations(Contexts.sun(Contexts.SERVER)));
  }

  @Test
  void refusesWhatIsNoSessionOfAServerAndNoDigest() throws Exception {
    SSLContext client = Contexts.ourClient().build();
    SSLSession session =
        Contexts.pair(client, server(Memory.PSK), Contexts.TLS13).client().getSession();
    assertThrows(IllegalArgumentException.class, () -> revocations.revokeSession(session));
    for (String wrong : List.of("", "00", "g".repeat(64), "0".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> revocations.revokeSession(wrong));
      assertThrows(IllegalArgumentException.class, () -> revocations.revokeCertificate(wrong));
    }
  }

  @Test
  void refusesARegisterThatForgetsTooSoon() {
    RepriseServer server =
        Contexts.ourServer(Contexts.SERVER)
            .revocations(new Revocations(Duration.ofHours(23), clock));
    assertThrows(IllegalStateException.class, server::build);
  }
}
