/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.HandshakeType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS 1.2 says of session IDs and tickets, seen on the wire. */
final class Tls12RulesTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  Tls12RulesTest() {
    server.versions = List.of(ProtocolVersion.TLS12);
  }

  private Pair connect() throws TlsException {
    return Pair.connect(client, server).connected();
  }

  private Pair through(UnaryOperator<byte[]> toServer, UnaryOperator<byte[]> toClient)
      throws TlsException {
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer = toServer;
    pair.toClient = toClient;
    return pair.run();
  }

  private static ServerHello helloOf(Pair pair) {
    return Hellos.server(pair.serverSent.toByteArray());
  }

  private static AlertDescription alertOf(@Nullable TlsException failure) {
    return Objects.requireNonNull(failure, "it did not fail").alert();
  }

  @Test
  @Upholds("A2")
  void aResumptionKeepsTheSuiteWhateverIsPreferredNow() throws TlsException {
    CipherSuite suite = connect().serverInfo().suite();
    server.suites = server.suites.reversed();
    client.suites = client.suites.reversed();
    Pair again = connect();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
    assertEquals(suite, again.serverInfo().suite());
    client.sessions.removeAll(client.key());
    assertNotEquals(suite, connect().serverInfo().suite());
  }

  @Test
  @Refuses("A2")
  void aClientResumesUnderNoOtherSuite() throws TlsException {
    connect();
    int other = CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256.code();
    Pair pair =
        through(UnaryOperator.identity(), Hellos.ofServer(hello -> Hellos.withSuite(hello, other)));
    assertInstanceOf(ResumptionOutcome.Resumed.class, pair.server.resumption());
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, alertOf(pair.clientFailure));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("A3")
  void theIdMadeUpForTls13IsNotEchoed(boolean tickets) throws TlsException {
    server.tickets = tickets;
    Pair pair = connect();
    Opaque madeUp = Hellos.client(pair.clientSent.toByteArray()).sessionId();
    assertEquals(32, madeUp.length());
    assertNotEquals(madeUp, helloOf(pair).sessionId());
    client.sessions.removeAll(client.key());
    Opaque[] sent = {Opaque.EMPTY};
    Pair echoed =
        through(
            Hellos.ofClient(hello -> {
              sent[0] = hello.sessionId();
              return hello;
            }),
            Hellos.ofServer(hello -> Hellos.withSessionId(hello, sent[0])));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, alertOf(echoed.clientFailure));
  }

  @Test
  @Upholds("A5")
  void everySessionHasThirtyTwoRandomBytesForItsId() throws TlsException {
    server.tickets = false;
    Set<Opaque> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      client.sessions.removeAll(client.key());
      Opaque id = helloOf(connect()).sessionId();
      assertEquals(32, id.length());
      assertTrue(ids.add(id));
    }
  }

  @Test
  @Upholds({"B1", "B2", "B5", "B7", "B13"})
  void aClientWithoutATicketSaysThatItTakesOneAndGetsIt() throws TlsException {
    MemorySessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    server.store = store;
    Pair pair = connect();
    assertEquals(
        new SessionTicketTls12(Opaque.EMPTY),
        Hellos.client(pair.clientSent.toByteArray()).extensions().find(SessionTicketTls12.class));
    assertTrue(helloOf(pair).extensions().has(ExtensionType.SESSION_TICKET));
    assertTrue(helloOf(pair).sessionId().isEmpty());
    assertTrue(carriesTicket(pair.serverSent.toByteArray()));
    ClientSession kept = Objects.requireNonNull(client.sessions.take(client.key()));
    assertTrue(kept.sessionId().isEmpty(), "the ticket alone stands for the session");
    assertEquals(0, store.size());
  }

  @Test
  @Refuses({"B1", "B13"})
  void aClientThatTakesNoneDoesNotSaySoAndGetsNone() throws TlsException {
    client.remembers = false;
    Pair pair = connect();
    assertFalse(
        Hellos.client(pair.clientSent.toByteArray())
            .extensions()
            .has(ExtensionType.SESSION_TICKET));
    assertFalse(helloOf(pair).extensions().has(ExtensionType.SESSION_TICKET));
    assertFalse(carriesTicket(pair.serverSent.toByteArray()));
    assertFalse(helloOf(pair).sessionId().isEmpty());
  }

  @Test
  @Refuses("B2")
  void aTicketThatNobodyAskedForIsRefused() throws TlsException {
    client.remembers = false;
    Pair pair =
        through(
            UnaryOperator.identity(),
            Hellos.ofServer(
                hello -> Hellos.with(hello, Hellos.having(new SessionTicketTls12(Opaque.EMPTY)))));
    assertEquals(AlertDescription.UNSUPPORTED_EXTENSION, alertOf(pair.clientFailure));
  }

  @Test
  @Refuses("B5")
  void aTicketThatWasPromisedMustCome() throws TlsException {
    Pair pair =
        through(
            UnaryOperator.identity(),
            flight ->
                Hellos.beginsWith(flight, HandshakeType.NEW_SESSION_TICKET)
                    ? Arrays.copyOfRange(flight, recordLength(flight), flight.length)
                    : flight);
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, alertOf(pair.clientFailure));
  }

  @Test
  @Refuses("B5")
  void aTicketThatWasNotPromisedMustNotCome() throws TlsException {
    server.tickets = false;
    byte[] ticket = {22, 3, 3, 0, 12, 4, 0, 0, 8, 0, 0, 0, 9, 0, 2, 7, 7};
    Pair pair =
        through(
            UnaryOperator.identity(),
            flight -> flight.length > 0 && flight[0] == 20 ? Pair.join(ticket, flight) : flight);
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, alertOf(pair.clientFailure));
  }

  @Test
  @Upholds("B6")
  void theTicketComesAfterTheClientsFinished() throws TlsException {
    Pair pair = through(Tls12RulesTest::helloOnly, UnaryOperator.identity());
    assertNull(pair.serverFailure);
    assertFalse(carriesTicket(pair.serverSent.toByteArray()));
    assertTrue(carriesTicket(connect().serverSent.toByteArray()));
  }

  private static byte[] helloOnly(byte[] flight) {
    return Hellos.beginsWith(flight, HandshakeType.CLIENT_HELLO) ? flight : new byte[0];
  }

  @Test
  @Refuses("B6")
  void aWrongFinishedGetsNoTicket() throws TlsException {
    Pair pair = through(Tls12RulesTest::damaged, UnaryOperator.identity());
    assertEquals(AlertDescription.BAD_RECORD_MAC, alertOf(pair.serverFailure));
    assertFalse(carriesTicket(pair.serverSent.toByteArray()));
  }

  /** The keys are right, and what they protect is not. */
  @Test
  @Refuses({"A6", "B6"})
  void aFinishedOfOtherMessagesGetsNothing() throws TlsException {
    server.tickets = false;
    MemorySessionStore store = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    server.store = store;
    ScriptedTls12Client lying = new ScriptedTls12Client(server.connection());
    TlsException failure =
        assertThrows(
            TlsException.class,
            () ->
                lying.connect(
                    ScriptedTls12Client.hello(UnaryOperator.identity()),
                    finished -> Opaque.takeOver(new byte[finished.length()])));
    assertEquals(AlertDescription.DECRYPT_ERROR, failure.alert());
    assertFalse(lying.server.isConnected());
    assertEquals(0, store.size());
    assertEquals(7, lying.fromServer().remaining(), "an alert in clear and nothing else");
  }

  /** Everything but a hello's flight, with its last bit flipped: that is in the Finished. */
  private static byte[] damaged(byte[] flight) {
    if (flight.length > 0 && flight[0] == 22 && flight[5] <= 2) {
      return flight;
    }
    byte[] copy = flight.clone();
    if (copy.length > 0) {
      copy[copy.length - 1] ^= 1;
    }
    return copy;
  }

  @Test
  @Refuses({"B7", "B9"})
  void aTicketWithoutTheServersFinishedIsNone() throws TlsException {
    CountingStore received = new CountingStore(client.sessions);
    client.sessions = received;
    Pair pair = through(UnaryOperator.identity(), Tls12RulesTest::damaged);
    assertTrue(carriesTicket(pair.serverSent.toByteArray()));
    assertEquals(AlertDescription.BAD_RECORD_MAC, alertOf(pair.clientFailure));
    assertEquals(0, received.puts);
  }

  @Test
  @Upholds("B9")
  void theOldTicketIsGoodHoweverOftenANewOneIsLost() throws TlsException {
    TamperingStore first = new TamperingStore();
    client.sessions = first;
    connect();
    clock.advance(Duration.ofHours(5).plusMinutes(59));
    for (int i = 0; i < 3; i++) {
      Pair lost = new Pair(client.connection(), server.connection());
      lost.toClient = _ -> new byte[0];
      lost.run();
      assertInstanceOf(ResumptionOutcome.Resumed.class, lost.server.resumption());
    }
    assertInstanceOf(ResumptionOutcome.Resumed.class, connect().outcome());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Upholds("B12")
  @Refuses("B12")
  void besideATicketTheIdCountsForNothing(boolean ticket) throws TlsException {
    server.tickets = false;
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    connect();
    server.tickets = true;
    SessionTicketTls12 junk =
        new SessionTicketTls12(ticket ? Opaque.takeOver(new byte[100]) : Opaque.EMPTY);
    Pair pair =
        through(
            Hellos.ofClient(hello -> Hellos.with(hello, Hellos.having(junk))),
            UnaryOperator.identity());
    ResumptionOutcome outcome = Objects.requireNonNull(pair.server.resumption());
    if (ticket) {
      assertInstanceOf(ResumptionOutcome.Full.class, outcome);
    } else {
      assertEquals(
          Mechanism.SESSION_ID,
          assertInstanceOf(ResumptionOutcome.Resumed.class, outcome).mechanism());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 255, 256, 4096, 16_000})
  @Upholds("B14")
  void whateverATicketIsTheClientGivesItBack(int length) throws TlsException {
    KeptTickets tickets = new KeptTickets(length);
    server.sealer = tickets;
    connect();
    assertInstanceOf(ResumptionOutcome.Resumed.class, connect().outcome());
  }

  @Test
  @Upholds({"D5", "D6"})
  @Refuses("D5")
  void aResumedHelloAnswersWhatItsOwnHelloAsks() throws TlsException {
    client.protocols = List.of("h2");
    server.protocols = List.of("http/1.1", "h2");
    Pair full = connect();
    assertTrue(helloOf(full).extensions().has(ExtensionType.SERVER_NAME));
    Pair resumed = connect();
    assertFalse(helloOf(resumed).extensions().has(ExtensionType.SERVER_NAME));
    assertEquals(
        new ServerName(TestCertificates.SERVER_NAME),
        Hellos.client(resumed.clientSent.toByteArray()).extensions().find(ServerName.class));
    assertEquals("h2", resumed.serverInfo().applicationProtocol());
    // What the first hello asked for is the first hello's: the second does not ask.
    client.protocols = List.of();
    Pair without = connect();
    assertInstanceOf(ResumptionOutcome.Resumed.class, without.outcome());
    assertNull(without.serverInfo().applicationProtocol());
    assertNotNull(without.clientInfo());
  }

  private static int recordLength(byte[] flight) {
    return 5 + (flight[3] & 0xff) * 256 + (flight[4] & 0xff);
  }

  /** Whether a record begins with a NewSessionTicket. */
  private static boolean carriesTicket(byte[] flight) {
    for (byte[] rest = flight;
        rest.length > 5;
        rest = Arrays.copyOfRange(rest, recordLength(rest), rest.length)) {
      if (Hellos.beginsWith(rest, HandshakeType.NEW_SESSION_TICKET)) {
        return true;
      }
    }
    return false;
  }

  /** Tickets of random bytes, which mean something here alone. */
  private static final class KeptTickets implements TicketFormat {
    private final Opaque ticket;
    private @Nullable Session kept;

    KeptTickets(int length) {
      byte[] bytes = new byte[length];
      SeededRandom.of(length).nextBytes(bytes);
      ticket = Opaque.takeOver(bytes);
    }

    @Override
    public SealedTicket seal(Session session) {
      kept = session.copy();
      return new SealedTicket(ticket, "kept", Long.MAX_VALUE);
    }

    @Override
    public TicketOpening open(Opaque offered, ProtocolVersion version, ResumptionScope scope) {
      return offered.equals(ticket)
          ? new TicketOpening.Opened(Objects.requireNonNull(kept).copy(), "kept", false)
          : new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null);
    }
  }
}
