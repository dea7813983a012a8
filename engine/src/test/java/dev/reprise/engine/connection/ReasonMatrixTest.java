/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.KeyKind;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every outcome, by every way in which it can come about. The switches have no default: an outcome
 * that nobody has thought of here does not compile.
 */
final class ReasonMatrixTest {
  /** How a session is remembered and offered. */
  enum Way {
    SESSION_ID(ProtocolVersion.TLS12, Mechanism.SESSION_ID),
    TICKET(ProtocolVersion.TLS12, Mechanism.TICKET),
    PSK(ProtocolVersion.TLS13, Mechanism.TICKET),
    STATEFUL_TICKET(ProtocolVersion.TLS13, Mechanism.STATEFUL_TICKET);

    final ProtocolVersion version;
    final Mechanism mechanism;

    Way(ProtocolVersion version, Mechanism mechanism) {
      this.version = version;
      this.mechanism = mechanism;
    }
  }

  record Miss(MissReason reason, Way way) {}

  record Refusal(RefusalReason reason, Way way) {}

  private static final Set<Way> ALL = EnumSet.allOf(Way.class);
  private static final Set<Way> SEALED = EnumSet.of(Way.TICKET, Way.PSK);
  private static final Set<Way> STORED = EnumSet.of(Way.SESSION_ID, Way.STATEFUL_TICKET);
  private static final Set<Way> TLS12 = EnumSet.of(Way.SESSION_ID, Way.TICKET);
  private static final Set<Way> TLS13 = EnumSet.of(Way.PSK, Way.STATEFUL_TICKET);

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);
  private final TamperingStore sessions = new TamperingStore();

  ReasonMatrixTest() {
    client.sessions = sessions;
  }

  /** By which ways a reason can come about at all. */
  private static Set<Way> ways(MissReason reason) {
    return switch (reason) {
      case UNKNOWN_KEY, KEY_EXPIRED, NOT_AUTHENTIC -> SEALED;
      case UNKNOWN_FORMAT -> EnumSet.of(Way.TICKET, Way.PSK, Way.STATEFUL_TICKET);
      case NOT_IN_STORE, STORE_UNAVAILABLE -> STORED;
      case ALREADY_USED -> EnumSet.of(Way.STATEFUL_TICKET);
      case KEY_EXCHANGE_MODE -> TLS13;
      case NOT_OFFERED,
          VERSION_MISMATCH,
          TICKET_EXPIRED,
          NOT_YET_VALID,
          AUTHENTICATION_TOO_OLD,
          SCOPE_MISMATCH,
          SNI_MISMATCH,
          SUITE_UNAVAILABLE,
          CLIENT_CERTIFICATE_REQUIRED,
          CLIENT_CERTIFICATE_REFUSED,
          REVOKED,
          REVOCATIONS_UNKNOWN,
          DECLINED ->
          ALL;
    };
  }

  private static Set<Way> ways(RefusalReason reason) {
    return switch (reason) {
      case BINDER_MISMATCH -> TLS13;
      case EXTENDED_MASTER_SECRET_MISMATCH -> TLS12;
    };
  }

  static List<Miss> misses() {
    List<Miss> misses = new ArrayList<>();
    for (MissReason reason : MissReason.values()) {
      ways(reason).forEach(way -> misses.add(new Miss(reason, way)));
    }
    return misses;
  }

  static Stream<Refusal> refusals() {
    return Stream.of(RefusalReason.values())
        .flatMap(reason -> ways(reason).stream().map(way -> new Refusal(reason, way)));
  }

  @ParameterizedTest
  @MethodSource("misses")
  void missesForTheReason(Miss miss) throws TlsException {
    remember(miss.way());
    UnaryOperator<byte[]> wire = provoke(miss.reason());
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer = wire;
    pair.run();
    ResumptionOutcome seen =
        miss.reason() == MissReason.DECLINED ? pair.clientInfo().outcome() : pair.outcome();
    assertEquals(miss.reason(), assertInstanceOf(ResumptionOutcome.Full.class, seen).reason());
    // A key is named only where one was found, so that nobody can make up names of counters.
    boolean keyless = !SEALED.contains(miss.way()) || KEYLESS.contains(miss.reason());
    assertEquals(keyless, seen.keyName() == null, seen::toString);
    if (connects(miss.reason())) {
      pair.connected();
    }
  }

  private static final Set<MissReason> KEYLESS =
      EnumSet.of(
          MissReason.NOT_OFFERED,
          MissReason.UNKNOWN_KEY,
          MissReason.UNKNOWN_FORMAT, // One byte has no room for a name.
          MissReason.KEY_EXCHANGE_MODE,
          MissReason.DECLINED);

  /** A miss costs a full handshake and never more, where the client did nothing wrong. */
  private static boolean connects(MissReason reason) {
    return reason != MissReason.KEY_EXCHANGE_MODE // The hello was changed on its way.
        && reason != MissReason.CLIENT_CERTIFICATE_REFUSED; // It is refused once more.
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesForTheReason(Refusal refusal) throws TlsException {
    remember(refusal.way());
    UnaryOperator<byte[]> onItsWay = provoke(refusal.reason());
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toServer = onItsWay;
    pair.run();
    assertEquals(new ResumptionOutcome.Refused(refusal.reason()), pair.outcome());
    TlsException failure = pair.serverFailure;
    assertNotNull(failure);
    AlertDescription expected =
        switch (refusal.reason()) {
          case BINDER_MISMATCH -> AlertDescription.DECRYPT_ERROR;
          case EXTENDED_MASTER_SECRET_MISMATCH -> AlertDescription.HANDSHAKE_FAILURE;
        };
    assertEquals(expected, java.util.Objects.requireNonNull(failure).alert());
  }

  @ParameterizedTest
  @EnumSource
  void resumesBy(Way way) throws TlsException {
    remember(way);
    clock.advance(Duration.ofMinutes(1));
    Pair pair = Pair.connect(client, server).connected();
    ResumptionOutcome.Resumed resumed =
        assertInstanceOf(ResumptionOutcome.Resumed.class, pair.outcome());
    assertEquals(way.mechanism, resumed.mechanism());
    assertEquals(Duration.ofMinutes(1), resumed.age());
    assertEquals(way.mechanism == Mechanism.TICKET, resumed.keyName() != null);
    assertNull(pair.clientInfo().outcome().keyName());
  }

  /** A session that was made with a client certificate, as only some reasons need it. */
  private void remember(Way way) throws TlsException {
    server.versions = List.of(way.version);
    client.versions = List.of(way.version);
    server.clientAuthentication = ClientAuthentication.NEED;
    client.showCertificate(KeyKind.ECDSA_P256);
    server.tickets = way.mechanism == Mechanism.TICKET;
    Pair.connect(client, server).connected();
  }

  /** Sees to it that the next connection misses for this reason; returns what befalls its bytes. */
  private UnaryOperator<byte[]> provoke(MissReason reason) {
    switch (reason) {
      case NOT_OFFERED -> sessions.offers = false;
      case UNKNOWN_KEY -> server.sealer = new TestServer(clock, 9).sealer;
      case KEY_EXPIRED -> keyExpires();
      case NOT_AUTHENTIC -> sessions.ticket = ticket -> changed(ticket, ticket.length() - 1);
      case UNKNOWN_FORMAT -> sessions.ticket = _ -> Opaque.copyOf((byte) 1);
      case VERSION_MISMATCH -> rewrite(ReasonMatrixTest::inTheOtherVersion);
      case TICKET_EXPIRED -> rewrite(s -> timed(s, 0, 0, clock.millis()));
      case NOT_YET_VALID -> rewrite(s -> timed(s, 5_001, 0, Long.MAX_VALUE >> 1));
      case AUTHENTICATION_TOO_OLD ->
          rewrite(s -> timed(s, 0, -Duration.ofHours(24).toMillis() - 1, Long.MAX_VALUE >> 1));
      case SCOPE_MISMATCH, DECLINED -> server.label = "another";
      case SNI_MISMATCH ->
          rewrite(s -> ChangedSession.named(s, "other.example", s.peerCertificates()));
      case SUITE_UNAVAILABLE ->
          server.suites =
              List.of(
                  CipherSuite.TLS_AES_256_GCM_SHA384,
                  CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384);
      case CLIENT_CERTIFICATE_REQUIRED ->
          rewrite(s -> ChangedSession.named(s, s.serverName(), List.of()));
      case CLIENT_CERTIFICATE_REFUSED -> trustEnds();
      case ALREADY_USED -> answer(UnaryOperator.identity(), _ -> new Lookup.NotInStore());
      case NOT_IN_STORE -> server.store = new TestServer(clock).store;
      case STORE_UNAVAILABLE -> answer(_ -> new Lookup.Unavailable(), UnaryOperator.identity());
      case REVOKED -> server.revoked = _ -> true;
      case REVOCATIONS_UNKNOWN -> server.revoked = new UnreadList();
      case KEY_EXCHANGE_MODE -> {
        return ReasonMatrixTest::withPskModeOnly;
      }
    }
    return UnaryOperator.identity();
  }

  /** What happens to the hello on its way. */
  private UnaryOperator<byte[]> provoke(RefusalReason reason) {
    return switch (reason) {
      case BINDER_MISMATCH -> {
        rewrite(s -> secret(s, s.extendedMasterSecret(), 1));
        yield UnaryOperator.identity();
      }
      case EXTENDED_MASTER_SECRET_MISMATCH ->
          Hellos.ofClient(hello -> Hellos.with(hello, Hellos.without(ExtendedMasterSecret.class)));
    };
  }

  /** Of a fleet whose list of revocations has not been read. */
  private static final class UnreadList implements RevokedSessions {
    @Override
    public boolean contains(Session session) {
      return false;
    }

    @Override
    public boolean isCurrent() {
      return false;
    }
  }

  private void rewrite(UnaryOperator<Session> change) {
    server.sealer = new RewrittenTickets(server.sealer, change);
    server.store = RewrittenStore.of(server.store, change);
  }

  private void answer(UnaryOperator<Lookup> looking, UnaryOperator<Lookup> taking) {
    server.store = new RewrittenStore(server.store, looking, taking);
  }

  // The ticket's lifetime ends before its key does; but nobody looks at it under a dead key.
  private void keyExpires() {
    sessions.session = s -> timed(s, 0, 0, Long.MAX_VALUE >> 1);
    client.policy = MissReasonTest.lenient();
    clock.advance(Duration.ofHours(12));
  }

  private void trustEnds() {
    server.recheckPeerOnResumption = true;
    server.trust = new Disappointed(server.trust);
  }

  /** {@code psk_dhe_ke} becomes {@code psk_ke}: the extension has type 45 and two bytes. */
  private static byte[] withPskModeOnly(byte[] sent) {
    String hex = HexFormat.of().formatHex(sent);
    return HexFormat.of().parseHex(hex.replace("002d00020101", "002d00020100"));
  }

  private static Opaque changed(Opaque bytes, int at) {
    byte[] copy = bytes.toArray();
    copy[at] ^= 1;
    return Opaque.takeOver(copy);
  }

  private static Session inTheOtherVersion(Session s) {
    boolean old = s.version() == ProtocolVersion.TLS12;
    return with(
        s,
        old ? ProtocolVersion.TLS13 : ProtocolVersion.TLS12,
        old
            ? CipherSuite.TLS_AES_128_GCM_SHA256
            : CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        Secret.takeOver(Arrays.copyOf(s.secret().reveal(), old ? 32 : 48)));
  }

  private static Session secret(Session s, boolean extended, int flipped) {
    byte[] secret = s.secret().reveal().clone();
    secret[0] ^= (byte) flipped;
    Session other = with(s, s.version(), s.suite(), Secret.takeOver(secret));
    return copy(other, other.secret(), extended, 0, 0, s.expiresAtMillis(), s.serverName());
  }

  private static Session with(
      Session s, ProtocolVersion version, CipherSuite suite, Secret secret) {
    return new Session(
        version,
        suite,
        secret,
        s.extendedMasterSecret(),
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

  private static Session timed(Session s, long created, long authenticated, long expiresAt) {
    return copy(
        s, s.secret(), s.extendedMasterSecret(), created, authenticated, expiresAt, s.serverName());
  }

  private static Session copy(
      Session s,
      Secret secret,
      boolean extended,
      long created,
      long authenticated,
      long expiresAt,
      @Nullable String name) {
    return new Session(
        s.version(),
        s.suite(),
        secret,
        extended,
        s.createdAtMillis() + created,
        s.authenticatedAtMillis() + authenticated,
        s.lineage(),
        expiresAt,
        s.ticketAgeAdd(),
        s.scope(),
        name,
        s.applicationProtocol(),
        s.peerCertificates());
  }

  /** Asks for the same certificates as before, and trusts none any more. */
  private record Disappointed(PeerTrust usual) implements PeerTrust {
    @Override
    public void check(List<X509Certificate> chain, String authenticationType)
        throws CertificateException {
      throw new CertificateException("Trusted no longer");
    }

    @Override
    public List<Opaque> acceptedAuthorities() {
      return usual.acceptedAuthorities();
    }

    @Override
    public List<Opaque> anchors() {
      return usual.anchors();
    }
  }
}
