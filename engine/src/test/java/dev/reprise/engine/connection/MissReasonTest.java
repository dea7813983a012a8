/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.Mutation;
import dev.reprise.testkit.Mutations;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every miss has a reason, costs a full handshake, and never more than that. */
final class MissReasonTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final TamperingStore sessions = new TamperingStore();

  MissReasonTest() {
    client.sessions = sessions;
  }

  private void remember(ProtocolVersion version) throws TlsException {
    server.versions = List.of(version);
    Pair.connect(client, server).connected();
  }

  private void misses(MissReason reason) throws TlsException {
    Pair pair = Pair.connect(client, server).connected();
    assertNull(pair.clientFailure);
    assertNull(pair.serverFailure);
    ResumptionOutcome.Full full =
        assertInstanceOf(ResumptionOutcome.Full.class, pair.serverInfo().outcome());
    assertEquals(reason, full.reason());
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Upholds("B16")
  void aTicketUnderAnotherKeyNameIsUnderAnUnknownKey(ProtocolVersion version) throws TlsException {
    remember(version);
    sessions.ticket = ticket -> changed(ticket, 0);
    misses(MissReason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aTicketWithAForgedTagIsNotAuthentic(ProtocolVersion version) throws TlsException {
    remember(version);
    sessions.ticket = ticket -> changed(ticket, ticket.length() - 1);
    misses(MissReason.NOT_AUTHENTIC);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses("B14")
  void aTicketOfOneByteHasAnUnknownFormat(ProtocolVersion version) throws TlsException {
    remember(version);
    sessions.ticket = _ -> Opaque.copyOf((byte) 1);
    misses(MissReason.UNKNOWN_FORMAT);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses({"A4", "B3", "E8", "B15"})
  void anyBitFlippedAndAnyByteLostCostsAFullHandshakeAndNoAlert(ProtocolVersion version)
      throws TlsException {
    remember(version);
    byte[] ticket = sessions.ticket().toArray();
    List<Mutation> mutations = Mutations.all(ticket).filter(m -> m.bytes().length > 0).toList();
    for (Mutation mutation : mutations) {
      sessions.ticket = _ -> Opaque.takeOver(mutation.bytes());
      Pair pair = Pair.connect(client, server).connected();
      assertInstanceOf(ResumptionOutcome.Full.class, pair.outcome(), mutation.description());
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aTicketPastItsLifetimeIsExpired(ProtocolVersion version) throws TlsException {
    remember(version);
    client.policy = lenient();
    sessions.session = MissReasonTest::everlasting;
    clock.advance(Duration.ofHours(6).plusSeconds(1));
    misses(MissReason.TICKET_EXPIRED);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses({"F2", "F3"})
  void aTicketWhoseKeyIsGoneIsUnderAnExpiredOrUnknownKey(ProtocolVersion version)
      throws TlsException {
    remember(version);
    client.policy = lenient();
    sessions.session = MissReasonTest::everlasting;
    clock.advance(Duration.ofHours(13));
    Pair pair = Pair.connect(client, server).connected();
    ResumptionOutcome.Full full = assertInstanceOf(ResumptionOutcome.Full.class, pair.outcome());
    assertEquals(
        true, full.reason() == MissReason.KEY_EXPIRED || full.reason() == MissReason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aTicketFromTheFutureIsNotYetValid(ProtocolVersion version) throws TlsException {
    clock.advance(Duration.ofSeconds(6));
    remember(version);
    client.policy = lenient();
    sessions.session = MissReasonTest::everlasting;
    clock.set(clock.instant().minusSeconds(6));
    misses(MissReason.NOT_YET_VALID);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void anotherLabelIsAnotherScope(ProtocolVersion version) throws TlsException {
    remember(version);
    server.label = "another";
    misses(MissReason.SCOPE_MISMATCH);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void anotherCertificateIsAnotherScope(ProtocolVersion version) throws TlsException {
    remember(version);
    server.key = KeyKind.ECDSA_P384;
    misses(MissReason.SCOPE_MISMATCH);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses("A9")
  void aSessionMadeWithoutClientCertificateDoesNotEnterWhereOneIsNeeded(ProtocolVersion version)
      throws TlsException {
    remember(version);
    server.clientAuthentication = ClientAuthentication.NEED;
    client.showCertificate(KeyKind.ECDSA_P256);
    misses(MissReason.SCOPE_MISMATCH);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses({"D4", "E19"})
  void anotherNameDoesNotResume(ProtocolVersion version) throws TlsException {
    remember(version);
    client.serverName = "other.example";
    sessions.session = session -> ChangedSession.named(session, "other.example");
    misses(MissReason.SNI_MISMATCH);
    client.serverName = null;
    sessions.session = session -> ChangedSession.named(session, null);
    misses(MissReason.SNI_MISMATCH);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses({"A2", "E9"})
  void aSuiteThatIsNotServedAnyMoreDoesNotResume(ProtocolVersion version) throws TlsException {
    remember(version);
    server.suites =
        List.of(
            CipherSuite.TLS_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384);
    misses(MissReason.SUITE_UNAVAILABLE);
  }

  @Test
  @Refuses({"A12", "E27"})
  void aTicketOfOneVersionIsOfNoUseInTheOther() throws TlsException {
    remember(ProtocolVersion.TLS12);
    sessions.session = MissReasonTest::asTls13;
    server.versions = List.of(ProtocolVersion.TLS13);
    misses(MissReason.VERSION_MISMATCH);
  }

  @Test
  @Upholds("B18")
  void aStatefulTicketIsUsedOnce() throws TlsException {
    server.stateful = true;
    remember(ProtocolVersion.TLS13);
    Pair first = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, first.outcome());
    misses(MissReason.NOT_IN_STORE);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @Refuses("B18")
  void aStoredSessionTriedInAnotherScopeIsNotUsedUp(ProtocolVersion version) throws TlsException {
    server.tickets = false;
    remember(version);
    String label = server.label;
    server.label = "another";
    misses(MissReason.SCOPE_MISMATCH);
    server.label = label;
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
  }

  @Test
  void aStatefulTicketTakenByAnotherMeanwhileIsAlreadyUsed() throws TlsException {
    SessionStore store = server.store;
    server.store = new LosingStore(store);
    server.stateful = true;
    remember(ProtocolVersion.TLS13);
    misses(MissReason.ALREADY_USED);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aStoreThatFailsCostsAFullHandshake(ProtocolVersion version) throws TlsException {
    server.tickets = false;
    remember(version);
    server.store = new FailingStore();
    client.versions = List.of(version);
    misses(MissReason.STORE_UNAVAILABLE);
  }

  @Test
  @Upholds("A4")
  void anUnknownSessionIdIsNotInTheStore() throws TlsException {
    server.tickets = false;
    client.versions = List.of(ProtocolVersion.TLS12);
    remember(ProtocolVersion.TLS12);
    server.store = new TestServer(clock).store;
    misses(MissReason.NOT_IN_STORE);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void aChainOfRenewalsEndsAtTheAgeOfTheAuthentication(ProtocolVersion version)
      throws TlsException {
    client.sessions = new TestClient(clock).sessions;
    server.policy =
        new ResumptionPolicy(
            Duration.ofHours(1), Duration.ofHours(3), Duration.ofHours(2), 2, 1, false, "default");
    server.versions = List.of(version);
    Pair.connect(client, server).connected();
    int resumed = 0;
    while (Pair.connect(client, server).connected().outcome()
        instanceof ResumptionOutcome.Resumed) {
      resumed++;
      clock.advance(Duration.ofMinutes(20));
      assertEquals(true, resumed < 100, "the chain never ends");
    }
    // TLS 1.2 renews no ticket whose key is current, so its first one's hour is the end.
    assertEquals(version == ProtocolVersion.TLS13 ? 9 : 3, resumed);
  }

  private static Opaque changed(Opaque bytes, int at) {
    byte[] copy = bytes.toArray();
    copy[at] ^= 1;
    return Opaque.takeOver(copy);
  }

  static ResumptionPolicy lenient() {
    return new ResumptionPolicy(
        Duration.ofDays(7), Duration.ofDays(7), Duration.ofDays(7), 2, 1, false, "client");
  }

  private static Session everlasting(Session s) {
    return copy(s, s.version(), s.suite(), 0, Long.MAX_VALUE >> 1, s.serverName());
  }

  private static Session asTls13(Session s) {
    byte[] secret = java.util.Arrays.copyOf(s.secret().reveal(), 32);
    return new Session(
        ProtocolVersion.TLS13,
        CipherSuite.TLS_AES_128_GCM_SHA256,
        dev.reprise.engine.crypto.Secret.takeOver(secret),
        true,
        s.createdAtMillis(),
        s.authenticatedAtMillis(),
        s.lineage(),
        s.expiresAtMillis(),
        0,
        s.scope(),
        s.serverName(),
        s.applicationProtocol(),
        s.peerCertificates());
  }

  private static Session copy(
      Session s,
      ProtocolVersion version,
      CipherSuite suite,
      long created,
      long expires,
      @org.jspecify.annotations.Nullable String name) {
    return new Session(
        version,
        suite,
        s.secret(),
        s.extendedMasterSecret(),
        created == 0 ? s.createdAtMillis() - 10_000 : created,
        created == 0 ? s.authenticatedAtMillis() - 10_000 : s.authenticatedAtMillis(),
        s.lineage(),
        expires,
        s.ticketAgeAdd(),
        s.scope(),
        name,
        s.applicationProtocol(),
        s.peerCertificates());
  }

  /** Finds everything and loses every race for it. */
  private record LosingStore(SessionStore store) implements SessionStore {
    @Override
    public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
      return store.put(id, session, lifetime);
    }

    @Override
    public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return store.get(id, version, scope);
    }

    @Override
    public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.completedFuture(new Lookup.NotInStore());
    }

    @Override
    public CompletionStage<Boolean> remove(Opaque id) {
      return store.remove(id);
    }
  }

  /** Down. */
  private static final class FailingStore implements SessionStore {
    @Override
    public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
      return CompletableFuture.failedFuture(new IllegalStateException("down"));
    }

    @Override
    public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.failedFuture(new IllegalStateException("down"));
    }

    @Override
    public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
      return CompletableFuture.failedFuture(new IllegalStateException("down"));
    }

    @Override
    public CompletionStage<Boolean> remove(Opaque id) {
      return CompletableFuture.failedFuture(new IllegalStateException("down"));
    }
  }
}
