/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ClientHello;
import dev.reprise.engine.wire.ClientKeyShares;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskIdentity;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.SelectedPsk;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyShare;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.rules.Refuses;
import dev.reprise.testkit.rules.Upholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS 1.3 says of PSKs, seen on the wire. */
final class PskRulesTest {
  private final FakeClock clock = FakeClock.create();
  private final TestServer server = new TestServer(clock);
  private final TestClient client = new TestClient(clock);

  private Pair connect() throws TlsException {
    return Pair.connect(client, server).connected();
  }

  private static ClientHello helloOf(Pair pair) {
    return Hellos.client(pair.clientSent.toByteArray());
  }

  @Test
  @Upholds({"E2", "E4", "E5", "F5"})
  void aResumingHelloAsksForForwardSecrecyAndEndsWithItsPsk() throws TlsException {
    connect();
    Pair resumed = connect();
    assertInstanceOf(ResumptionOutcome.Resumed.class, resumed.outcome());
    ClientHello hello = helloOf(resumed);
    assertTrue(hello.extensions().isLast(OfferedPsks.class));
    assertEquals(
        new PskKeyExchangeModes(Opaque.copyOf((byte) 1)),
        hello.extensions().find(PskKeyExchangeModes.class));
    assertTrue(hello.extensions().has(ExtensionType.KEY_SHARE));
    ServerHello answer = Hellos.server(resumed.serverSent.toByteArray());
    assertTrue(answer.extensions().has(ExtensionType.KEY_SHARE));
  }

  /** What a server says wrongly of the PSK. */
  enum Lie {
    ANOTHER_IDENTITY {
      @Override
      ServerHello of(ServerHello hello) {
        return Hellos.with(hello, Hellos.having(new SelectedPsk(1)));
      }
    },
    NO_KEY_SHARE {
      @Override
      ServerHello of(ServerHello hello) {
        return Hellos.with(hello, Hellos.without(ServerKeyShare.class));
      }
    },
    ANOTHER_HASH {
      @Override
      ServerHello of(ServerHello hello) {
        return Hellos.withSuite(hello, CipherSuite.TLS_AES_256_GCM_SHA384.code());
      }
    };

    abstract ServerHello of(ServerHello hello);
  }

  @ParameterizedTest
  @EnumSource
  @Refuses({"E2", "E9", "E10"})
  void aClientTakesNoPskThatItDidNotOfferSo(Lie lie) throws TlsException {
    server.suites = List.of(CipherSuite.TLS_AES_128_GCM_SHA256);
    connect();
    Pair pair = new Pair(client.connection(), server.connection());
    pair.toClient = Hellos.ofServer(lie::of);
    pair.run();
    assertInstanceOf(ResumptionOutcome.Resumed.class, pair.server.resumption());
    assertEquals(
        AlertDescription.ILLEGAL_PARAMETER, Objects.requireNonNull(pair.clientFailure).alert());
  }

  @Test
  @Upholds("E9")
  void aPskResumesUnderAnySuiteOfItsHash() throws TlsException {
    server.suites = List.of(CipherSuite.TLS_AES_128_GCM_SHA256);
    connect();
    server.suites = List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
    assertInstanceOf(ResumptionOutcome.Resumed.class, connect().outcome());
  }

  /** RFC 8446, Section 4.2.11: "Servers SHOULD NOT attempt to validate multiple binders". */
  @Test
  @Refuses({"E7", "B18"})
  void oneWrongBinderIsTheEndAndUsesNothingUp() throws TlsException {
    server.stateful = true;
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    client.suites = List.of(ScriptedClient.SUITE);
    connect();
    PskIdentity stolen = new PskIdentity(sessions.ticket(), 0);
    Opaque binder = Opaque.takeOver(new byte[32]);
    ScriptedClient forger = new ScriptedClient(server.connection(), NamedGroup.X25519);
    ClientHello hello =
        forger.hello(extensions -> {
          extensions.add(new PskKeyExchangeModes(Opaque.copyOf((byte) 1)));
          extensions.add(
              new dev.reprise.engine.wire.ServerName(
                  dev.reprise.testkit.TestCertificates.SERVER_NAME));
          extensions.add(new OfferedPsks(List.of(stolen, stolen), List.of(binder, binder)));
          return extensions;
        });
    TlsException failure = assertThrows(TlsException.class, () -> forger.send(hello));
    assertEquals(AlertDescription.DECRYPT_ERROR, failure.alert());
    assertEquals(
        new ResumptionOutcome.Refused(RefusalReason.BINDER_MISMATCH), forger.server.resumption());
    assertInstanceOf(ResumptionOutcome.Resumed.class, connect().outcome());
  }

  /** What is behind the fourth costs nothing, be it as good as the stolen one here. */
  @Test
  @Upholds("E7")
  void opensFourIdentitiesAndNoMore() throws TlsException {
    List<Opaque> opened = new ArrayList<>();
    TicketFormat sealer = server.sealer;
    server.sealer =
        new TicketFormat() {
          @Override
          public @Nullable SealedTicket seal(Session session) {
            return sealer.seal(session);
          }

          @Override
          public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
            opened.add(ticket);
            return sealer.open(ticket, version, scope);
          }
        };
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    client.suites = List.of(ScriptedClient.SUITE);
    connect();
    List<PskIdentity> identities = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      identities.add(new PskIdentity(Opaque.takeOver(new byte[64 + i]), 0));
    }
    identities.add(new PskIdentity(sessions.ticket(), 0));
    List<Opaque> binders = Collections.nCopies(5, Opaque.takeOver(new byte[32]));
    ScriptedClient many = new ScriptedClient(server.connection(), NamedGroup.X25519);
    many.send(
        many.hello(extensions -> {
          extensions.add(new PskKeyExchangeModes(Opaque.copyOf((byte) 1)));
          extensions.add(new ServerName(TestCertificates.SERVER_NAME));
          extensions.add(new OfferedPsks(identities, binders));
          return extensions;
        }));
    many.finish();
    assertEquals(identities.subList(0, 4).stream().map(PskIdentity::identity).toList(), opened);
    assertInstanceOf(ResumptionOutcome.Full.class, many.server.resumption());
  }

  @Test
  @Upholds("E14")
  void everyTicketHasAnAgeAddAndASecretOfItsOwn() throws TlsException {
    client.ticketRequest = new TicketRequest(8, 8);
    Set<Long> adds = new HashSet<>();
    Set<Opaque> secrets = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      client.sessions.removeAll(client.key());
      connect();
      for (int ticket = 0; ticket < 8; ticket++) {
        ClientSession session = Objects.requireNonNull(client.sessions.take(client.key()));
        assertTrue(adds.add(session.session().ticketAgeAdd()));
        assertTrue(secrets.add(Opaque.copyOf(session.session().secret().reveal())));
      }
    }
  }

  @Test
  @Refuses("E14")
  void anAgeIsNeverSeenAsItIs() throws TlsException {
    client.ticketRequest = new TicketRequest(8, 8);
    connect();
    clock.advance(Duration.ofSeconds(100));
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      Pair pair = new Pair(client.connection(), server.connection());
      byte[][] sent = {new byte[0]};
      pair.toServer =
          flight -> {
            sent[0] = flight.length > 0 ? flight : sent[0];
            return new byte[0];
          };
      pair.run();
      OfferedPsks psks =
          Objects.requireNonNull(Hellos.client(sent[0]).extensions().find(OfferedPsks.class));
      assertTrue(seen.add(psks.identities().getFirst().obfuscatedTicketAge()));
    }
    assertFalse(seen.contains(100_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "server.example"})
  @Upholds("E19")
  @Refuses("E19")
  void theNameIsThatOfTheResumingHello(String name) throws TlsException {
    Duration hour = Duration.ofHours(1);
    server.policy = new ResumptionPolicy(hour, hour, hour, 2, 1, true, "default");
    server.versions = List.of(ProtocolVersion.TLS13);
    TamperingStore sessions = new TamperingStore();
    client.sessions = sessions;
    connect();
    client.serverName = name;
    sessions.session = session -> ChangedSession.named(session, name);
    Pair again = connect();
    assertInstanceOf(ResumptionOutcome.Resumed.class, again.outcome());
    assertEquals(name, again.serverInfo().serverName());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Upholds("E25")
  @Refuses("E25")
  void noKeyShareIsEverSeenTwice(boolean retried) throws TlsException {
    server.groups = List.of(retried ? NamedGroup.SECP384R1 : NamedGroup.X25519);
    Set<Opaque> shares = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Pair pair = new Pair(client.connection(), server.connection());
      pair.toServer =
          Hellos.ofClient(hello -> {
            ClientKeyShares offered =
                Objects.requireNonNull(hello.extensions().find(ClientKeyShares.class));
            offered.entries().forEach(entry -> assertTrue(shares.add(entry.keyExchange())));
            return hello;
          });
      pair.toClient =
          Hellos.ofServer(hello -> {
            ServerKeyShare share = hello.extensions().find(ServerKeyShare.class);
            assertTrue(share == null || shares.add(share.entry().keyExchange()));
            return hello;
          });
      pair.run().connected();
    }
    assertEquals(retried ? 150 : 100, shares.size());
  }

  @Test
  @Refuses("Q1")
  void nobodyOffersEarlyDataUnasked() throws TlsException {
    for (int i = 0; i < 3; i++) {
      assertFalse(helloOf(connect()).extensions().has(ExtensionType.EARLY_DATA));
    }
  }
}
