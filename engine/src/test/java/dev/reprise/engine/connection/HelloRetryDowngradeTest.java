/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskIdentity;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.SelectedVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.SupportedVersions;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CVE-2026-34873: a HelloRetryRequest, then a second ClientHello that settled on TLS 1.2, and the
 * server resumed with a main secret that nobody had set: zeros. That no stage of the key schedule
 * takes zeros stands in {@code StagesTest} and {@code Tls12SecretsTest}.
 */
final class HelloRetryDowngradeTest {
  private static final int TLS12_SUITE = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256.code();

  /** How the second hello says that it is of TLS 1.2. */
  enum Second {
    WITHOUT_VERSIONS,
    TLS12_ONLY,
    TLS12_BEFORE_TLS13
  }

  /** What both hellos offer for resumption. */
  enum Offer {
    NOTHING,
    TICKET_OF_TLS12,
    TICKET_OF_TLS13,
    JUNK
  }

  record Way(Second second, Offer offer, boolean tls12Suites) {}

  static Stream<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (Second second : Second.values()) {
      for (Offer offer : Offer.values()) {
        ways.add(new Way(second, offer, false));
        ways.add(new Way(second, offer, true));
      }
    }
    return ways.stream();
  }

  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  @ParameterizedTest
  @MethodSource("ways")
  @Refuses("E12")
  void aServerTakesNoOtherVersionInTheSecondHello(Way way) throws TlsException {
    Opaque ticket = ticket(way.offer());
    server.groups = List.of(NamedGroup.SECP256R1);
    ScriptedClient scripted = new ScriptedClient(server.connection(), NamedGroup.X25519);
    scripted.send(hello(scripted, way, ticket, versions(Second.values()[2], true)));
    assertTrue(scripted.retryRequest().isHelloRetryRequest());
    scripted.useGroup(NamedGroup.SECP256R1);
    ClientHello second = hello(scripted, way, ticket, versions(way.second(), false));
    TlsException failure = assertThrows(TlsException.class, () -> scripted.send(second));
    assertEquals(AlertDescription.ILLEGAL_PARAMETER, failure.alert());
    assertNull(scripted.server.info());
    assertFalse(scripted.server.resumption() instanceof ResumptionOutcome.Resumed);
  }

  private static List<Extension> versions(Second second, boolean first) {
    int tls12 = ProtocolVersion.TLS12.code();
    int tls13 = ProtocolVersion.TLS13.code();
    if (first) {
      return List.of(new SupportedVersions(Uint16List.of(tls13, tls12)));
    }
    return switch (second) {
      case WITHOUT_VERSIONS -> List.of();
      case TLS12_ONLY -> List.of(new SupportedVersions(Uint16List.of(tls12)));
      case TLS12_BEFORE_TLS13 -> List.of(new SupportedVersions(Uint16List.of(tls12, tls13)));
    };
  }

  private static ClientHello hello(
      ScriptedClient scripted, Way way, Opaque ticket, List<Extension> versions) {
    ClientHello hello =
        scripted.hello(extensions -> {
          extensions.removeIf(SupportedVersions.class::isInstance);
          extensions.addAll(versions);
          extensions.add(new ExtendedMasterSecret());
          extensions.add(new RenegotiationInfo(Opaque.EMPTY));
          extensions.add(new SessionTicketTls12(ticket));
          extensions.add(new PskKeyExchangeModes(Opaque.copyOf((byte) 1)));
          if (!ticket.isEmpty()) {
            extensions.add(
                new OfferedPsks(
                    List.of(new PskIdentity(ticket, 0)), List.of(Opaque.takeOver(new byte[32]))));
          }
          return extensions;
        });
    return way.tls12Suites()
        ? new ClientHello(
            hello.legacyVersion(),
            hello.random(),
            hello.sessionId(),
            Uint16List.of(ScriptedClient.SUITE.code(), TLS12_SUITE),
            hello.compressionMethods(),
            hello.extensions())
        : hello;
  }

  private Opaque ticket(Offer offer) throws TlsException {
    return switch (offer) {
      case NOTHING -> Opaque.EMPTY;
      case TICKET_OF_TLS12 -> issued(ProtocolVersion.TLS12);
      case TICKET_OF_TLS13 -> issued(ProtocolVersion.TLS13);
      case JUNK -> Opaque.takeOver(new byte[100]);
    };
  }

  private Opaque issued(ProtocolVersion version) throws TlsException {
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    server.versions = List.of(version);
    Pair.connect(client, server).connected();
    server.versions = dev.reprise.engine.config.Defaults.VERSIONS;
    return sessions.ticket();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Refuses("E12")
  void aClientTakesNoOtherVersionAfterARetry(boolean remembers) throws TlsException {
    server.groups = List.of(NamedGroup.SECP384R1);
    if (remembers) {
      Pair.connect(client, server).connected();
    }
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient =
        Hellos.ofServer(hello -> hello.isHelloRetryRequest() ? hello : broughtDown(hello));
    pair.run();
    assertEquals(
        AlertDescription.PROTOCOL_VERSION, Objects.requireNonNull(pair.clientFailure).alert());
  }

  private static ServerHello broughtDown(ServerHello hello) {
    return Hellos.withSuite(
        Hellos.with(
            hello,
            extensions -> {
              assertTrue(extensions.stream().anyMatch(SelectedVersion.class::isInstance));
              return new ArrayList<>(List.of(new RenegotiationInfo(Opaque.EMPTY)));
            }),
        TLS12_SUITE);
  }

  @Test
  @Upholds("E12")
  void theSameVersionInTheSecondHelloResumes() throws TlsException {
    server.groups = List.of(NamedGroup.SECP384R1);
    Pair.connect(client, server).connected();
    Pair again = Pair.connect(client, server).connected();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
  }
}
