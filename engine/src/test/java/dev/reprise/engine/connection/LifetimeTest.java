/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketSealer;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.LeafRequest;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When sessions begin to be of use, and when they end: on the dot, and on either side. */
final class LifetimeTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Which a client leaves of a lifetime to what is under way. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(5);

  /** How a session is remembered. */
  record Way(ProtocolVersion version, boolean stored) {}

  static Stream<Way> ways() {
    return Stream.of(ProtocolVersion.values())
        .flatMap(version -> Stream.of(new Way(version, false), new Way(version, true)));
  }

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final StubbornStore stubborn = new StubbornStore();

  private void use(Way way) {
    server.versions = List.of(way.version());
    client.versions = server.versions;
    server.tickets = !way.stored();
  }

  /** From now on the client offers its last session, however old it is. */
  private void offerWhateverIsLeft() {
    client.sessions = stubborn;
    client.policy = policy(WEEK, WEEK, WEEK);
  }

  private static ResumptionPolicy policy(Duration ticket, Duration tls13, Duration tls12) {
    return new ResumptionPolicy(ticket, tls13, tls12, 2, 1, false, "default");
  }

  private ResumptionOutcome connect() throws TlsException {
    return Pair.connect(client, server).connected().outcome();
  }

  private void resumes() throws TlsException {
    assertInstanceOf(ResumptionOutcome.Resumed.class, connect());
  }

  private void misses(MissReason reason) throws TlsException {
    assertEquals(reason, assertInstanceOf(ResumptionOutcome.Full.class, connect()).reason());
  }

  private void setClock(Instant start, Duration later) {
    clock.set(start.plus(later));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Upholds({"A8", "F4"})
  void aServerResumesUntilTheLifetimeEnds(Way way) throws TlsException {
    use(way);
    offerWhateverIsLeft();
    Instant start = clock.instant();
    misses(MissReason.NOT_OFFERED);
    stubborn.freeze();
    if (!way.stored() || way.version() == ProtocolVersion.TLS12) {
      setClock(start, Duration.ofHours(6).minus(SECOND));
      resumes();
    }
    setClock(start, Duration.ofHours(6));
    // What a store has let go at its time it cannot tell from what it never had.
    misses(way.stored() ? MissReason.NOT_IN_STORE : MissReason.TICKET_EXPIRED);
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Upholds({"B10", "E13"})
  @Refuses({"B10", "E13"})
  void aClientOffersUntilTheLifetimeToldEnds(Way way) throws TlsException {
    use(way);
    server.policy = policy(Duration.ofHours(2), Duration.ofHours(24), Duration.ofHours(12));
    client.policy = policy(WEEK, WEEK, WEEK);
    Instant start = clock.instant();
    connect();
    connect();
    // TLS 1.2 tells no lifetime of a session ID, so its client asks for as long as it likes.
    boolean told = way.version() == ProtocolVersion.TLS13 || !way.stored();
    Duration end = Duration.ofHours(2).minus(told ? UNDER_WAY : Duration.ZERO);
    setClock(start, end.minus(SECOND));
    resumes();
    client.sessions = new TestClient(clock).sessions;
    setClock(start, Duration.ZERO);
    connect();
    setClock(start, end);
    misses(told ? MissReason.NOT_OFFERED : MissReason.NOT_IN_STORE);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aClientsOwnPolicyEndsASessionEarlier(Way way) throws TlsException {
    use(way);
    client.policy = policy(Duration.ofMinutes(10), WEEK, WEEK);
    Instant start = clock.instant();
    connect();
    setClock(start, Duration.ofMinutes(10).minus(SECOND));
    resumes();
    client.sessions = new TestClient(clock).sessions;
    setClock(start, Duration.ZERO);
    connect();
    setClock(start, Duration.ofMinutes(10));
    misses(MissReason.NOT_OFFERED);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Upholds("E20")
  @Refuses({"A8", "F4", "E20"})
  void aThousandRenewalsEndAtTheAgeOfTheAuthentication(ProtocolVersion version)
      throws TlsException {
    use(new Way(version, false));
    // A new key for each connection, so that TLS 1.2 renews its ticket each time as well.
    server.sealer = sealer(Duration.ofSeconds(40), Duration.ofMinutes(3));
    offerWhateverIsLeft();
    Duration end = Duration.ofHours(version == ProtocolVersion.TLS13 ? 24 : 12);
    Instant start = clock.instant();
    misses(MissReason.NOT_OFFERED);
    Duration step = end.dividedBy(1000);
    for (int i = 1; i < 1000; i++) {
      setClock(start, step.multipliedBy(i));
      Pair pair = Pair.connect(client, server).connected();
      assertInstanceOf(ResumptionOutcome.Resumed.class, pair.outcome(), "renewal " + i);
      assertEquals(start.toEpochMilli(), pair.serverInfo().authenticatedAtMillis());
    }
    setClock(start, end.minus(SECOND));
    resumes();
    setClock(start, end);
    misses(MissReason.AUTHENTICATION_TOO_OLD);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses("E20")
  void anHonestClientNeverOffersWhatIsTooOld(ProtocolVersion version) throws TlsException {
    use(new Way(version, false));
    server.sealer = sealer(Duration.ofMinutes(30));
    client.policy = policy(WEEK, WEEK, WEEK);
    Duration end = Duration.ofHours(version == ProtocolVersion.TLS13 ? 24 : 12);
    Instant start = clock.instant();
    connect();
    for (Duration at = SECOND; at.compareTo(end) < 0; at = at.plus(Duration.ofHours(1))) {
      setClock(start, at);
      resumes();
    }
    setClock(start, end.minus(UNDER_WAY).minus(SECOND));
    resumes();
    setClock(start, end);
    misses(MissReason.NOT_OFFERED);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Upholds("F3")
  void tellsTheSmallestOfAllLifetimes(ProtocolVersion version) throws TlsException {
    use(new Way(version, false));
    offerWhateverIsLeft();
    connect();
    assertEquals(Duration.ofHours(6), stubborn.told());
    server.policy = policy(Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(12));
    stubborn.clear();
    connect();
    assertEquals(Duration.ofHours(1), stubborn.told());
    server.policy = policy(Duration.ofHours(6), Duration.ofMinutes(40), Duration.ofMinutes(30));
    stubborn.clear();
    connect();
    boolean tls13 = version == ProtocolVersion.TLS13;
    assertEquals(Duration.ofMinutes(tls13 ? 40 : 30), stubborn.told());
    // A key that opens for ten minutes after it has issued for ten.
    server.sealer = sealer(Duration.ofMinutes(10), Duration.ofMinutes(10));
    server.policy = policy(Duration.ofHours(6), Duration.ofHours(24), Duration.ofHours(12));
    stubborn.clear();
    connect();
    assertTrue(stubborn.told().compareTo(Duration.ofMinutes(20)) <= 0, stubborn.told()::toString);
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Refuses({"A9", "E20"})
  void theEndOfTheClientsCertificateEndsItsSessionOnTheServer(Way way) throws TlsException {
    use(way);
    server.clientAuthentication = ClientAuthentication.NEED;
    TestIdentity shortLived = endingIn(LeafRequest.client(KeyKind.ECDSA_P256, "client.example"));
    Identity identity = TestServer.identity(shortLived);
    client.identities = _ -> Pending.<@Nullable Identity>ready(identity);
    offerWhateverIsLeft();
    Instant start = clock.instant();
    connect();
    boolean told = way.version() == ProtocolVersion.TLS13 || !way.stored();
    assertEquals(told, stubborn.told().equals(Duration.ofMinutes(30)));
    stubborn.freeze();
    if (!way.stored() || way.version() == ProtocolVersion.TLS12) {
      setClock(start, Duration.ofMinutes(30).minus(SECOND));
      resumes();
    }
    setClock(start, Duration.ofMinutes(30));
    misses(way.stored() ? MissReason.NOT_IN_STORE : MissReason.TICKET_EXPIRED);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theEndOfTheServersCertificateEndsItsSessionOnTheClient(Way way) throws TlsException {
    use(way);
    server.identity =
        endingIn(LeafRequest.server(KeyKind.ECDSA_P256, TestCertificates.SERVER_NAME));
    client.policy = policy(WEEK, WEEK, WEEK);
    Instant start = clock.instant();
    connect();
    setClock(start, Duration.ofMinutes(30).minus(SECOND));
    resumes();
    client.sessions = new TestClient(clock).sessions;
    setClock(start, Duration.ZERO);
    connect();
    setClock(start, Duration.ofMinutes(30));
    misses(MissReason.NOT_OFFERED);
  }

  /** A certificate that ends half an hour from the beginning. */
  private static TestIdentity endingIn(LeafRequest request) {
    return TestCertificates.authority()
        .issue(request.valid(LeafRequest.NOT_BEFORE, FakeClock.START.plus(Duration.ofMinutes(30))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Refuses({"A6", "B6"})
  void nothingIsRememberedBeforeBothFinished(Way way) throws TlsException {
    use(way);
    MemorySessionStore sessions = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    server.store = sessions;
    CountingStore received = new CountingStore(client.sessions);
    client.sessions = received;
    Pair pair = new Pair(client.connection(), server.connection());
    boolean[] held = {true};
    java.io.ByteArrayOutputStream waiting = new java.io.ByteArrayOutputStream();
    pair.toServer =
        bytes -> {
          boolean hello = bytes.length > 5 && bytes[0] == 22 && bytes[5] == 1;
          if (!held[0] || hello) {
            return bytes;
          }
          waiting.writeBytes(bytes);
          return new byte[0];
        };
    pair.run();
    assertEquals(0, sessions.size(), "the client's Finished has not come");
    assertEquals(0, received.puts);
    held[0] = false;
    pair.giveServer(waiting.toByteArray()).connected();
    boolean tls13 = way.version() == ProtocolVersion.TLS13;
    int given = tls13 ? 2 : 1;
    assertEquals(way.stored() ? given : 0, sessions.size());
    assertEquals(given, received.puts);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Upholds("A7")
  void nothingIsLeftInTheServersStoreAfterAFatalAlert(ProtocolVersion version) throws TlsException {
    use(new Way(version, true));
    MemorySessionStore sessions = new MemorySessionStore(1 << 20, clock, SeededRandom.of(1));
    server.store = sessions;
    Pair pair = Pair.connect(client, server).connected();
    assertTrue(sessions.size() > 0);
    // A record that no key opens.
    ByteBuffer forged = ByteBuffer.allocate(45);
    forged.put(new byte[] {23, 3, 3, 0, 40}).rewind();
    assertThrows(TlsException.class, () -> pair.server.read(forged, ByteBuffer.allocate(1 << 15)));
    assertNotNull(pair.server.failure());
    assertEquals(0, sessions.size());
  }

  private TicketSealer sealer(Duration rotateEvery) {
    return sealer(rotateEvery, Duration.ofHours(6));
  }

  private TicketSealer sealer(Duration rotateEvery, Duration ticketLifetime) {
    return new TicketSealer(
        new RotatingStekSource(clock, SeededRandom.of(2), rotateEvery, ticketLifetime),
        SeededRandom.of(3),
        clock);
  }

  /** Offers the last session again and again, and says of it what it has to. */
  private final class StubbornStore implements ClientSessionStore {
    private @Nullable ClientSession last;
    private boolean frozen;

    void freeze() {
      frozen = true;
    }

    void clear() {
      last = null;
    }

    /** How long the server said that the last session lives. */
    Duration told() {
      return Duration.ofMillis(
              Objects.requireNonNull(last).session().expiresAtMillis() - clock.millis())
          .plus(UNDER_WAY);
    }

    @Override
    public void put(ClientSessionKey key, ClientSession session) {
      if (!frozen) {
        last = session;
      }
    }

    @Override
    public @Nullable ClientSession take(ClientSessionKey key) {
      ClientSession kept = last;
      return kept == null
          ? null
          : new ClientSession(
              fresh(kept.session()), kept.ticket(), kept.sessionId(), kept.receivedAtMillis());
    }

    private Session fresh(Session s) {
      return new Session(
          s.version(),
          s.suite(),
          s.secret().copy(),
          s.extendedMasterSecret(),
          clock.millis(),
          clock.millis(),
          s.lineage(),
          Long.MAX_VALUE >> 1,
          s.ticketAgeAdd(),
          s.scope(),
          s.serverName(),
          s.applicationProtocol(),
          s.peerCertificates());
    }

    @Override
    public void remove(ClientSessionKey key, ClientSession session) {}

    @Override
    public void removeSiblings(ClientSessionKey key, ClientSession session) {}

    @Override
    public void removeAll(ClientSessionKey key) {}
  }
}
