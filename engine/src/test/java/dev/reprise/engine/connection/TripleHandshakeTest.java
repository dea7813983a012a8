/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bhargavan et al., "Triple Handshakes and Cookie Cutters" (2014): without extended master secret
 * two TLS 1.2 sessions can have one main secret, and resuming hides it. So there is no resumption
 * without (RFC 7627), and no renegotiation (RFC 5746).
 */
final class TripleHandshakeTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  TripleHandshakeTest() {
    server.versions = List.of(ProtocolVersion.TLS12);
  }

  @Test
  @Upholds({"C1", "C3", "C5", "D1"})
  void everyHelloHasExtendedMasterSecretAndRenegotiationInfo() throws TlsException {
    for (int i = 0; i < 2; i++) {
      Pair pair = Pair.connect(client, server).connected();
      assertEquals(i == 1, pair.outcome() instanceof ResumptionOutcome.Resumed);
      var hello = Hellos.client(pair.clientSent.toByteArray()).extensions();
      var answer = Hellos.server(pair.serverSent.toByteArray()).extensions();
      for (var extensions : List.of(hello, answer)) {
        assertNotNull(extensions.find(ExtendedMasterSecret.class));
        assertEquals(new RenegotiationInfo(Opaque.EMPTY), extensions.find(RenegotiationInfo.class));
      }
    }
  }

  @Test
  @Refuses("C1")
  void aServerThatNeedsItRefusesAHelloWithout() throws TlsException {
    server.requireExtendedMasterSecret = true;
    Pair pair = withoutInClientHello();
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, alertOf(pair.serverFailure));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("C6")
  void nothingIsRememberedWithout(boolean tickets) throws TlsException {
    server.tickets = tickets;
    MemorySessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    server.store = store;
    Pair pair = withoutInClientHello();
    var answer = Hellos.server(pair.serverSent.toByteArray());
    assertTrue(answer.sessionId().isEmpty(), "an ID would be worth remembering");
    assertEquals(false, answer.extensions().has(ExtensionType.SESSION_TICKET));
    assertEquals(0, store.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("C6")
  void aConnectionWithoutLeavesNoSessionAndExportsNothing(boolean tickets) throws TlsException {
    server.tickets = tickets;
    MemorySessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    server.store = store;
    ScriptedTls12Client old = new ScriptedTls12Client(server.connection());
    old.connect(
        ScriptedTls12Client.hello(Hellos.having(new SessionTicketTls12(Opaque.EMPTY))),
        UnaryOperator.identity());
    assertTrue(old.server.isConnected());
    assertNull(Objects.requireNonNull(old.server.info()).exporter());
    assertNotNull(Pair.connect(client, server).connected().serverInfo().exporter());
    assertEquals(tickets ? 0 : 1, store.size(), "that of the second connection alone");
  }

  @Test
  @Refuses("D3")
  void aClientThatRenegotiatesIsRefused() throws TlsException {
    ScriptedTls12Client insisting = new ScriptedTls12Client(server.connection());
    insisting.connect(
        ScriptedTls12Client.hello(UnaryOperator.identity()), UnaryOperator.identity());
    assertTrue(insisting.server.isConnected());
    TlsException failure =
        assertThrows(
            TlsException.class,
            () -> insisting.send(ScriptedTls12Client.hello(UnaryOperator.identity())));
    assertEquals(AlertDescription.NO_RENEGOTIATION, failure.alert());
  }

  /** An old session without, a new hello with or without. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Upholds({"C2", "C4"})
  @Refuses({"C2", "C4"})
  void aSessionWithoutIsNeverResumed(boolean offeredAgain) throws TlsException {
    server.sealer = new WithoutExtendedMasterSecret(server.sealer);
    Pair.connect(client, server).connected();
    Pair pair = offeredAgain ? Pair.connect(client, server).connected() : withoutInClientHello();
    ResumptionOutcome.Full full =
        assertInstanceOf(ResumptionOutcome.Full.class, pair.server.resumption());
    assertEquals(MissReason.SCOPE_MISMATCH, full.reason());
  }

  @Test
  @Refuses("C5")
  void aClientResumesWithNoServerThatLeavesItOut() throws TlsException {
    Pair.connect(client, server).connected();
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient =
        Hellos.ofServer(hello -> Hellos.with(hello, Hellos.without(ExtendedMasterSecret.class)));
    pair.run();
    assertInstanceOf(ResumptionOutcome.Resumed.class, pair.server.resumption());
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, alertOf(pair.clientFailure));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("D1")
  void anInitialHelloThatClaimsToRenegotiateIsRefused(boolean resuming) throws TlsException {
    if (resuming) {
      Pair.connect(client, server).connected();
    }
    RenegotiationInfo claim = new RenegotiationInfo(Opaque.takeOver(new byte[12]));
    Pair asked = new Pair(client.connection(), server.connection());
    asked.toServer = Hellos.ofClient(hello -> Hellos.with(hello, Hellos.having(claim)));
    asked.run();
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, alertOf(asked.serverFailure));
    Pair answered = new Pair(client.connection(), server.connection());
    answered.toClient = Hellos.ofServer(hello -> Hellos.with(hello, Hellos.having(claim)));
    answered.run();
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, alertOf(answered.clientFailure));
  }

  @Test
  @Upholds("D2")
  void aServerWithSecureRenegotiationIsTaken() throws TlsException {
    Pair.connect(client, server).connected();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("D2")
  void aServerWithoutSecureRenegotiationIsRefused(boolean resuming) throws TlsException {
    if (resuming) {
      Pair.connect(client, server).connected();
    }
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient =
        Hellos.ofServer(hello -> Hellos.with(hello, Hellos.without(RenegotiationInfo.class)));
    pair.run();
    assertEquals(AlertDescription.HANDSHAKE_FAILURE, alertOf(pair.clientFailure));
    assertTrue(Hellos.beginsWith(pair.serverSent.toByteArray(), HandshakeType.SERVER_HELLO));
  }

  private Pair withoutInClientHello() throws TlsException {
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer =
        Hellos.ofClient(hello -> Hellos.with(hello, Hellos.without(ExtendedMasterSecret.class)));
    return pair.run();
  }

  private static AlertDescription alertOf(@Nullable TlsException failure) {
    return Objects.requireNonNull(failure, "it did not fail").alert();
  }

  /** What a store of somebody else's might hold. */
  private record WithoutExtendedMasterSecret(TicketFormat format) implements TicketFormat {
    @Override
    public @Nullable SealedTicket seal(Session session) {
      return format.seal(session);
    }

    @Override
    public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
      return format.open(ticket, version, scope) instanceof TicketOpening.Opened opened
          ? new TicketOpening.Opened(
              without(opened.session()), opened.keyName(), opened.underOlderKey())
          : new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null);
    }

    private static Session without(Session s) {
      return new Session(
          s.version(),
          s.suite(),
          s.secret(),
          false,
          s.createdAtMillis(),
          s.authenticatedAtMillis(),
          s.lineage(),
          s.expiresAtMillis(),
          s.ticketAgeAdd(),
          s.scope(),
          s.serverName(),
          s.applicationProtocol(),
          s.peerCertificates());
    }
  }
}
