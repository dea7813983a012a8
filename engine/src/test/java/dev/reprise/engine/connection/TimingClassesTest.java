/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a peer can tell apart of tickets that do not resume: nothing. An unknown key, a bad seal, an
 * expired ticket and a wrong scope are one class: the same full handshake, record by record. A bad
 * binder, which only somebody without the session makes, is the one other: decrypt_error.
 */
final class TimingClassesTest {
  /** Why a ticket does not resume. */
  enum Fault {
    UNKNOWN_KEY(MissReason.UNKNOWN_KEY),
    BAD_SEAL(MissReason.NOT_AUTHENTIC),
    EXPIRED(MissReason.TICKET_EXPIRED),
    WRONG_SCOPE(MissReason.SCOPE_MISMATCH),
    WRONG_NAME(MissReason.SNI_MISMATCH),
    JUNK(MissReason.UNKNOWN_KEY);

    private final MissReason reason;

    Fault(MissReason reason) {
      this.reason = reason;
    }
  }

  @ParameterizedTest
  @EnumSource
  @Refuses({"B3", "E8"})
  void whateverTheFaultTheHandshakeIsTheSame(ProtocolVersion version) throws TlsException {
    Map<Fault, List<String>> seen = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      seen.put(fault, handshake(version, fault));
    }
    for (Fault fault : Fault.values()) {
      assertEquals(seen.get(Fault.UNKNOWN_KEY), seen.get(fault), fault.name());
    }
    assertNotEquals(List.of(), seen.get(Fault.JUNK));
  }

  /** Why what stands in a store is not resumed; what a peer sees of it is as little. */
  enum StoreFault {
    UNKNOWN,
    EXPIRED,
    WRONG_SCOPE,
    WRONG_NAME,
    REVOKED
  }

  @ParameterizedTest
  @EnumSource
  @Refuses({"A4", "A5"})
  void norDoesItShowWhatIsWrongWithASessionInAStore(ProtocolVersion version) throws TlsException {
    Map<StoreFault, List<String>> seen = new EnumMap<>(StoreFault.class);
    for (StoreFault fault : StoreFault.values()) {
      seen.put(fault, handshake(version, fault));
    }
    for (StoreFault fault : StoreFault.values()) {
      assertEquals(seen.get(StoreFault.UNKNOWN), seen.get(fault), fault.name());
    }
    assertNotEquals(List.of(), seen.get(StoreFault.UNKNOWN));
  }

  private static List<String> handshake(ProtocolVersion version, StoreFault fault)
      throws TlsException {
    FakeClock clock = FakeClock.create();
    TestServer server = server(clock, version);
    server.tickets = false;
    TestClient client = new TestClient(clock);
    client.policy = policy();
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    Pair.connect(client, server).connected();
    switch (fault) {
      case UNKNOWN -> {
        sessions.ticket = handle -> handle.isEmpty() ? handle : changed(handle, 0);
        sessions.id = id -> id.isEmpty() ? id : changed(id, 0);
      }
      case EXPIRED -> spoil(Fault.EXPIRED, clock, server, client, sessions);
      case WRONG_SCOPE -> spoil(Fault.WRONG_SCOPE, clock, server, client, sessions);
      case WRONG_NAME -> spoil(Fault.WRONG_NAME, clock, server, client, sessions);
      case REVOKED -> server.revoked = _ -> true;
    }
    List<String> records = new ArrayList<>();
    ResumptionOutcome outcome = recorded(client, server, records).outcome();
    assertInstanceOf(ResumptionOutcome.Full.class, outcome);
    return records;
  }

  private static TestServer server(FakeClock clock, ProtocolVersion version) {
    TestServer server = new TestServer(clock);
    server.versions = List.of(version);
    // An RSA signature is always as long; an ECDSA one is now and then a byte shorter.
    server.key = dev.reprise.testkit.KeyKind.RSA_2048;
    return server;
  }

  private static Pair recorded(TestClient client, TestServer server, List<String> records)
      throws TlsException {
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer = flight -> noted(records, "client", flight);
    pair.toClient = flight -> noted(records, "server", flight);
    pair.run().connected();
    assertNull(pair.serverFailure);
    return pair;
  }

  /** Every record of both sides, in order: who, type, length. */
  private static List<String> handshake(ProtocolVersion version, Fault fault) throws TlsException {
    FakeClock clock = FakeClock.create();
    TestServer server = server(clock, version);
    TestClient client = new TestClient(clock);
    client.policy = policy();
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    Pair.connect(client, server).connected();
    spoil(fault, clock, server, client, sessions);
    List<String> records = new ArrayList<>();
    ResumptionOutcome outcome = recorded(client, server, records).outcome();
    assertEquals(fault.reason, assertInstanceOf(ResumptionOutcome.Full.class, outcome).reason());
    return records;
  }

  private static void spoil(
      Fault fault, FakeClock clock, TestServer server, TestClient client, TamperingStore sessions) {
    switch (fault) {
      case UNKNOWN_KEY -> sessions.ticket = ticket -> changed(ticket, 0);
      case BAD_SEAL -> sessions.ticket = ticket -> changed(ticket, ticket.length() - 1);
      case EXPIRED -> {
        sessions.session = TimingClassesTest::everlasting;
        clock.advance(Duration.ofHours(6).plusSeconds(1));
      }
      case WRONG_SCOPE -> server.label = "another";
      case WRONG_NAME -> {
        client.serverName = "others.example";
        sessions.session = session -> renamed(session, "others.example");
      }
      case JUNK -> sessions.ticket = ticket -> Opaque.takeOver(new byte[ticket.length()]);
    }
  }

  private static byte[] noted(List<String> records, String who, byte[] flight) {
    for (int at = 0; at < flight.length; ) {
      int length = (flight[at + 3] & 0xff) * 256 + (flight[at + 4] & 0xff);
      records.add(who + " " + flight[at] + " " + length);
      at += 5 + length;
    }
    return flight;
  }

  @ParameterizedTest
  @EnumSource
  @Refuses("E6")
  void aBadBinderIsTheOtherClass(Damage damage) throws TlsException {
    FakeClock clock = FakeClock.create();
    TestServer server = new TestServer(clock);
    TestClient client = new TestClient(clock);
    Pair.connect(client, server).connected();
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer =
        Hellos.ofClient(hello ->
            Hellos.with(
                hello,
                extensions -> {
                  OfferedPsks psks = (OfferedPsks) extensions.removeLast();
                  Opaque binder = psks.binders().getFirst();
                  extensions.add(new OfferedPsks(psks.identities(), List.of(damage.of(binder))));
                  return extensions;
                }));
    pair.run();
    assertEquals(
        AlertDescription.DECRYPT_ERROR, Objects.requireNonNull(pair.serverFailure).alert());
    assertEquals(
        new ResumptionOutcome.Refused(RefusalReason.BINDER_MISMATCH), pair.server.resumption());
    // One record, of an alert in clear.
    assertEquals(7, pair.serverSent.size());
  }

  /** What becomes of the binder. */
  enum Damage {
    FIRST_BIT,
    LAST_BIT,
    ZEROS,
    TOO_LONG,
    OF_THE_LONGEST_LENGTH;

    Opaque of(Opaque binder) {
      return switch (this) {
        case FIRST_BIT -> changed(binder, 0);
        case LAST_BIT -> changed(binder, binder.length() - 1);
        case ZEROS -> Opaque.takeOver(new byte[binder.length()]);
        case TOO_LONG ->
            Opaque.takeOver(java.util.Arrays.copyOf(binder.toArray(), binder.length() + 1));
        case OF_THE_LONGEST_LENGTH -> Opaque.takeOver(new byte[255]);
      };
    }
  }

  private static Opaque changed(Opaque bytes, int at) {
    byte[] copy = bytes.toArray();
    copy[at] ^= 1;
    return Opaque.takeOver(copy);
  }

  private static ResumptionPolicy policy() {
    Duration week = Duration.ofDays(7);
    return new ResumptionPolicy(week, week, week, 2, 1, false, "client");
  }

  private static Session everlasting(Session s) {
    return copy(s, Long.MAX_VALUE >> 1, Objects.requireNonNull(s.serverName()));
  }

  private static Session renamed(Session s, String name) {
    return copy(s, s.expiresAtMillis(), name);
  }

  private static Session copy(Session s, long expires, String name) {
    return new Session(
        s.version(),
        s.suite(),
        s.secret(),
        s.extendedMasterSecret(),
        s.createdAtMillis(),
        s.authenticatedAtMillis(),
        s.lineage(),
        expires,
        s.ticketAgeAdd(),
        s.scope(),
        name,
        s.applicationProtocol(),
        s.peerCertificates());
  }
}
