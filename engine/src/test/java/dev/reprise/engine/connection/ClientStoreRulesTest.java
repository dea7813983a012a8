/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a client's sessions in real handshakes. */
final class ClientStoreRulesTest {
  private static final ClientSessionKey KEY = new ClientSessionKey("server.example", 443, "");

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final MemoryClientSessionStore store = new MemoryClientSessionStore(clock);
  private final CountingStore sessions = new CountingStore(store);

  ClientStoreRulesTest() {
    client.sessions = sessions;
  }

  private Pair connect() throws TlsException {
    return Pair.connect(client, server).connected();
  }

  private static boolean resumed(Pair pair) {
    return pair.outcome() instanceof ResumptionOutcome.Resumed;
  }

  @Test
  void ofAnyNumberOfTicketsTheEightNewestAreKept() throws TlsException {
    client.ticketRequest = new TicketRequest(8, 8);
    connect();
    clock.advance(Duration.ofSeconds(1));
    assertTrue(resumed(connect()));
    assertEquals(16, sessions.puts);
    assertEquals(8, store.size());
    while (store.size() > 0) {
      ClientSession kept = Objects.requireNonNull(store.take(KEY));
      assertEquals(clock.millis(), kept.receivedAtMillis());
    }
  }

  @Test
  @Upholds("E21")
  @Refuses("E21")
  void sixtyFourParallelConnectionsNeverShareATls13Ticket() throws Exception {
    client.ticketRequest = new TicketRequest(8, 0);
    connect();
    // Nothing is read until all have said hello, so nobody gets a ticket meanwhile.
    List<Pair> pairs = connectInParallel(64);
    int resumed = 0;
    for (Pair pair : pairs) {
      resumed += resumed(pair.run().connected()) ? 1 : 0;
    }
    assertEquals(8, resumed, "one for each ticket");
    assertEquals(8, sessions.taken.size());
    assertEquals(8, new HashSet<>(sessions.taken).size(), "and each of them once");
  }

  @Test
  void statefulTicketsOfParallelConnectionsAllResume() throws Exception {
    server.stateful = true;
    client.ticketRequest = new TicketRequest(8, 0);
    connect();
    int resumed = 0;
    for (Pair pair : connectInParallel(64)) {
      // Single use at the server: a ticket offered twice would be NOT_IN_STORE, not NOT_OFFERED.
      resumed += resumed(pair.run().connected()) ? 1 : 0;
    }
    assertEquals(8, resumed);
  }

  @Test
  void aTls12SessionIsShared() throws Exception {
    server.versions = List.of(ProtocolVersion.TLS12);
    connect();
    for (Pair pair : connectInParallel(64)) {
      assertTrue(resumed(pair.run().connected()));
    }
  }

  private List<Pair> connectInParallel(int count) throws Exception {
    Callable<Pair> open = () -> new Pair(client.connection(), server.connection());
    try (var threads = Executors.newFixedThreadPool(8)) {
      java.util.ArrayList<Pair> pairs = new java.util.ArrayList<>();
      for (Future<Pair> one :
          threads.invokeAll(IntStream.range(0, count).mapToObj(_ -> open).toList())) {
        pairs.add(one.get());
      }
      return pairs;
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void siblingsOfATicketThatLedToAFullHandshakeAreDead(ProtocolVersion version)
      throws TlsException {
    server.versions = List.of(version);
    client.ticketRequest = new TicketRequest(8, 8);
    connect();
    clock.advance(Duration.ofSeconds(1));
    server.label = "another scope";
    Pair declined = connect();
    assertInstanceOf(ResumptionOutcome.Full.class, declined.outcome());
    int fresh = version == ProtocolVersion.TLS13 ? 8 : 1;
    assertEquals(fresh, store.size());
    for (int i = 0; i < fresh; i++) {
      ClientSession kept = Objects.requireNonNull(store.take(KEY));
      assertEquals(clock.millis(), kept.session().authenticatedAtMillis());
    }
  }

  @Test
  @Refuses("F9")
  void siblingsThatCameOfResumptionsAreDeadToo() throws TlsException {
    client.ticketRequest = new TicketRequest(4, 4);
    connect();
    clock.advance(Duration.ofSeconds(1));
    assertTrue(resumed(connect()));
    assertEquals(7, store.size());
    server.label = "another scope";
    client.ticketRequest = new TicketRequest(0, 0);
    connect();
    assertEquals(0, store.size());
  }

  @Test
  @Upholds("F9")
  void ticketsOfAnotherFullHandshakeAreNoSiblings() throws TlsException {
    connect();
    clock.advance(Duration.ofSeconds(1));
    ClientSession other = Objects.requireNonNull(store.take(KEY));
    store.removeAll(KEY);
    connect();
    store.removeSiblings(KEY, other);
    assertEquals(2, store.size());
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses("B4")
  void nothingIsLeftOfASessionWhoseResumptionFailed(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    connect();
    Pair broken = new Pair(client.connection(), server.connection());
    broken.toClient = bytes -> bytes.length == 0 ? bytes : new byte[] {21, 3, 3, 0, 2, 2, 40};
    broken.run();
    assertNotNull(broken.clientFailure);
    assertNull(store.take(KEY));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void nothingIsLeftOfASessionAtWhichTheServerHungUp(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    connect();
    Pair cut = new Pair(client.connection(), server.connection());
    cut.toClient = _ -> new byte[0];
    cut.run();
    assertNotNull(cut.client.truncated());
    assertNull(store.take(KEY));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void nothingIsLeftOfASessionWhoseConnectionWasGivenUpMeanwhile(ProtocolVersion version)
      throws TlsException {
    server.versions = List.of(version);
    connect();
    Pair slow = new Pair(client.connection(), server.connection());
    slow.toClient = _ -> new byte[0];
    slow.run();
    slow.client.closeOutbound();
    assertNull(store.take(KEY));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aFatalAlertEndsWhatItsConnectionLeftBehind(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    Pair pair = connect();
    assertTrue(store.size() > 0);
    // A record that no key opens.
    ByteBuffer forged = ByteBuffer.allocate(45);
    forged.put(new byte[] {23, 3, 3, 0, 40}).rewind();
    TlsException failure =
        assertThrows(
            TlsException.class, () -> pair.client.read(forged, ByteBuffer.allocate(1 << 15)));
    assertEquals(AlertDescription.BAD_RECORD_MAC, failure.alert());
    assertEquals(0, store.size());
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Upholds("B4")
  void cuttingAnOpenConnectionCostsNoSession(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    Pair pair = connect();
    assertNotNull(pair.client.truncated());
    assertTrue(resumed(connect()));
  }

  @Test
  void aTls13TicketIsThereStillAfterAConnectionThatCouldNotUseIt() throws TlsException {
    connect();
    int before = store.size();
    client.versions = List.of(ProtocolVersion.TLS12);
    client.sessions = new CountingStore(store);
    server.remembers = false;
    connect();
    assertEquals(before, store.size());
    client.versions = List.of(ProtocolVersion.TLS13);
    server.remembers = true;
    assertTrue(resumed(connect()));
  }

  @Test
  @Refuses("E13")
  void nothingIsKeptForMoreThanADayEvenInAStoreThatDoesNotLook() throws TlsException {
    Duration week = Duration.ofDays(7);
    server.policy = new ResumptionPolicy(week, week, week, 2, 1, false, "default");
    client.policy = server.policy;
    TamperingStore careless = new TamperingStore();
    client.sessions = careless;
    connect();
    long expires = Objects.requireNonNull(careless.take(KEY)).session().expiresAtMillis();
    assertTrue(expires <= clock.millis() + Duration.ofDays(1).toMillis());
  }
}
