/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.CertificateEntry;
import dev.reprise.engine.wire.CertificateRequest13;
import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.NewSessionTicket13;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.TicketEarlyData;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.engine.wire.UnknownExtension;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client takes, and what it refuses with which alert, from a server with a script. */
final class Tls13ClientRulesTest {
  private static final NewSessionTicket13 TICKET =
      new NewSessionTicket13(
          3600, 0, Opaque.copyOf((byte) 0), Opaque.copyOf((byte) 7, (byte) 7), Extensions.NONE);

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  Tls13ClientRulesTest() {
    client.suites = List.of(CipherSuite.TLS_AES_128_GCM_SHA256);
  }

  private ScriptedServer resuming(TlsConnection[] made) throws TlsException {
    TestClient first = new TestClient(clock);
    first.sessions = client.sessions;
    first.suites = client.suites;
    Pair.connect(first, server).connected();
    ClientSession session = Objects.requireNonNull(client.sessions.take(client.key()));
    client.sessions.put(client.key(), session);
    made[0] = client.connection();
    return new ScriptedServer(made[0], session.session().secret());
  }

  @Test
  @Upholds({"E10", "E23"})
  void resumesWithAServerOfParts() throws TlsException {
    TlsConnection[] connection = new TlsConnection[1];
    ScriptedServer scripted = resuming(connection);
    scripted.send(new EncryptedExtensions(Extensions.NONE));
    scripted.finish();
    assertTrue(connection[0].isConnected());
    assertInstanceOf(ResumptionOutcome.Resumed.class, connection[0].resumption());
  }

  static Stream<HandshakeMessage> certificateMessages() {
    return Stream.of(
        new CertificateRequest13(
            Opaque.EMPTY, Extensions.of(new SignatureAlgorithms(Uint16List.of(0x0403)))),
        new Certificate13(
            Opaque.EMPTY,
            List.of(new CertificateEntry(Opaque.copyOf((byte) 0x30, (byte) 0), Extensions.NONE))));
  }

  /**
   * RFC 8446, Section 4.3.2: "Servers which are authenticating with a PSK MUST NOT send the
   * CertificateRequest message in the main handshake".
   */
  @ParameterizedTest
  @MethodSource("certificateMessages")
  @Refuses("E23")
  void refusesCertificateMessagesInAResumption(HandshakeMessage message) throws TlsException {
    ScriptedServer scripted = resuming(new TlsConnection[1]);
    scripted.send(new EncryptedExtensions(Extensions.NONE));
    TlsException failure = assertThrows(TlsException.class, () -> scripted.send(message));
    assertEquals(AlertDescription.UNEXPECTED_MESSAGE, failure.alert());
  }

  /** RFC 8446, Section 4.6.1: {@code opaque ticket<1..2^16-1>}. */
  @Test
  @Refuses("E17")
  void refusesAnEmptyTicketInTls13() throws TlsException {
    ScriptedServer scripted = resuming(new TlsConnection[1]);
    scripted.send(new EncryptedExtensions(Extensions.NONE));
    scripted.finish();
    NewSessionTicket13 empty =
        new NewSessionTicket13(3600, 0, TICKET.nonce(), Opaque.EMPTY, Extensions.NONE);
    TlsException failure = assertThrows(TlsException.class, () -> scripted.send(empty));
    assertEquals(AlertDescription.DECODE_ERROR, failure.alert());
  }

  /** RFC 8446, Section 4.2.10: max_early_data_size is a uint32, and no less usable beyond 2^16. */
  @Test
  @Upholds("E17")
  void takesATicketThatAllowsALotOfEarlyData() throws TlsException {
    TlsConnection[] connection = new TlsConnection[1];
    ScriptedServer scripted = resuming(connection);
    scripted.send(new EncryptedExtensions(Extensions.NONE));
    scripted.finish();
    client.sessions.removeAll(client.key());
    scripted.send(
        new NewSessionTicket13(
            3600,
            0,
            TICKET.nonce(),
            TICKET.ticket(),
            Extensions.of(new TicketEarlyData(0xffff_ffffL))));
    assertTrue(connection[0].isConnected());
    assertEquals(
        TICKET.ticket(), Objects.requireNonNull(client.sessions.take(client.key())).ticket());
  }

  private void give(NewSessionTicket13 ticket, TlsConnection[] connection) throws TlsException {
    ScriptedServer scripted = resuming(connection);
    scripted.send(new EncryptedExtensions(Extensions.NONE));
    scripted.finish();
    client.sessions.removeAll(client.key());
    scripted.send(ticket);
    assertTrue(connection[0].isConnected());
  }

  private static NewSessionTicket13 livingFor(long seconds) {
    return new NewSessionTicket13(seconds, 0, TICKET.nonce(), TICKET.ticket(), Extensions.NONE);
  }

  /** RFC 8446, Section 4.6.1: never "longer than 7 days"; ours are a day's at most. */
  @ParameterizedTest
  @ValueSource(longs = {604_800, 604_801, 0xffff_ffffL})
  @Refuses("E13")
  void keepsNoTicketForLongerThanADay(long seconds) throws TlsException {
    Duration week = Duration.ofDays(7);
    client.policy = new ResumptionPolicy(week, week, week, 2, 1, false, "client");
    give(livingFor(seconds), new TlsConnection[1]);
    long expires =
        Objects.requireNonNull(client.sessions.take(client.key())).session().expiresAtMillis();
    assertTrue(expires <= clock.millis() + Duration.ofDays(1).toMillis());
  }

  /** RFC 8446, Section 4.6.1: zero "indicates that the ticket should be discarded immediately". */
  @Test
  @Refuses("E13")
  void keepsNoTicketThatLivesForNoTime() throws TlsException {
    assertEquals(putsAfter(livingFor(1)) - 1, putsAfter(livingFor(0)));
  }

  private int putsAfter(NewSessionTicket13 ticket) throws TlsException {
    CountingStore sessions = new CountingStore(new TestClient(clock).sessions);
    client.sessions = sessions;
    give(ticket, new TlsConnection[1]);
    return sessions.puts;
  }

  @Test
  @Upholds("E16")
  void ignoresWhatItDoesNotKnowInATicket() throws TlsException {
    give(
        new NewSessionTicket13(
            3600,
            0,
            TICKET.nonce(),
            TICKET.ticket(),
            Extensions.of(new UnknownExtension(0xfafa, TICKET.ticket()))),
        new TlsConnection[1]);
    assertEquals(
        TICKET.ticket(), Objects.requireNonNull(client.sessions.take(client.key())).ticket());
  }

  /** RFC 9846, Section 4.7.1: clients that do not resume "MUST ignore" tickets. */
  @Test
  @Refuses("E16")
  void ignoresTicketsIfItWantsNone() throws TlsException {
    client.ticketRequest = new TicketRequest(0, 0);
    give(TICKET, new TlsConnection[1]);
    assertNull(client.sessions.take(client.key()));
  }

  /** RFC 5077, Section 3.3: a ticket of zero length means that there is none after all. */
  @Test
  @Upholds("B8")
  @Refuses("B8")
  void takesAnEmptyTicketInTls12ForNone() throws TlsException {
    server.versions = List.of(ProtocolVersion.TLS12);
    server.sealer = new EmptyTickets();
    client.suites = dev.reprise.engine.config.Defaults.CIPHER_SUITES;
    Pair.connect(client, server).connected();
    Pair again = Pair.connect(client, server).connected();
    assertEquals(new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), again.outcome());
  }

  /** RFC 8446, Section 4.6.1: a session is for the names that its certificate is valid for. */
  @ParameterizedTest
  @EnumSource
  @Refuses({"E18", "D6"})
  void offersNoSessionToAnotherName(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    client.suites = dev.reprise.engine.config.Defaults.CIPHER_SUITES;
    Pair.connect(client, server).connected();
    TestClient elsewhere = new TestClient(clock);
    elsewhere.sessions = client.sessions;
    elsewhere.host = "other.example";
    elsewhere.serverName = "other.example";
    Pair pair = Pair.connect(elsewhere, server).connected();
    assertEquals(new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), pair.outcome());
  }

  /** Nor if a store hands out what it should not. */
  @ParameterizedTest
  @EnumSource
  @Refuses({"E18", "D6"})
  void offersNoSessionOfAnotherNameWhateverItsStoreGives(ProtocolVersion version)
      throws TlsException {
    server.versions = List.of(version);
    client.suites = dev.reprise.engine.config.Defaults.CIPHER_SUITES;
    client.sessions = new TamperingStore();
    Pair.connect(client, server).connected();
    client.serverName = "other.example";
    Pair pair = Pair.connect(client, server).connected();
    assertEquals(new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null), pair.outcome());
  }

  private static final class EmptyTickets implements TicketFormat {
    @Override
    public SealedTicket seal(Session session) {
      return new SealedTicket(Opaque.EMPTY, "none", Long.MAX_VALUE);
    }

    @Override
    public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
      return new TicketOpening.Missed(MissReason.UNKNOWN_KEY, null);
    }
  }

  /** RFC 8446, Appendix D.5: that is SSL 3.0, whatever supported_versions says. */
  @Test
  void refusesTheVersionOfSsl30() throws TlsException {
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient =
        Hellos.ofServer(hello ->
            new ServerHello(
                0x0300,
                hello.random(),
                hello.sessionId(),
                hello.cipherSuite(),
                hello.compressionMethod(),
                hello.extensions()));
    pair.run();
    assertEquals(
        AlertDescription.PROTOCOL_VERSION, Objects.requireNonNull(pair.clientFailure).alert());
  }
}
