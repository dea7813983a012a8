/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.reprise.engine.resumption.FleetMembership;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.jsse.Reprise;
import dev.reprise.jsse.RepriseServer;
import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import dev.reprise.testkit.redis.RealRedis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** How many commands Redis gets for a handshake of each kind: what docs/fleet.md reckons with. */
@DisabledIfSystemProperty(
    named = "reprise.peers",
    matches = "false",
    disabledReason = "--without-peers")
class HandshakeCommandsTest {
  private static final TestIdentity SERVER = TestCertificates.server(KeyKind.ECDSA_P256);
  private static final Map<String, Integer> NONE = Map.of();
  private static final Pattern COUNTED = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");

  private final RealRedis redis = RealRedis.start();
  private final Node maker = Node.at(redis.url());
  private final Node other = Node.at(redis.url());

  private record Member(Node node) implements FleetMembership {
    @Override
    public InstantSource clock() {
      return node.clock;
    }

    @Override
    public StekSource ticketKeys() {
      return node.keys;
    }

    @Override
    public SessionStore sessionStore() {
      return node.tiered;
    }

    @Override
    public Duration rotateEvery() {
      return node.settings.rotateEvery();
    }

    @Override
    public Duration ticketLifetime() {
      return node.settings.ticketLifetime();
    }

    @Override
    public RevokedSessions share(RevocationRegister register) {
      return register;
    }
  }

  @AfterEach
  void stop() {
    maker.close();
    other.close();
    redis.close();
  }

  @Test
  void ticketsNeedNoCommand() throws Exception {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      SSLContext client = client();
      assertEquals(NONE, commands(client, server(maker, same()), version, null));
      assertEquals(NONE, commands(client, server(other, same()), version, Mechanism.TICKET));
    }
  }

  @Test
  void aSessionIdNeedsOneToStoreItAndOneToResumeItElsewhere() throws Exception {
    SSLContext client = client();
    SSLContext here = server(maker, RepriseServer::withoutTickets);
    SSLContext elsewhere = server(other, RepriseServer::withoutTickets);
    assertEquals(Map.of("set", 1), commands(client, here, "TLSv1.2", null));
    assertEquals(NONE, commands(client, here, "TLSv1.2", Mechanism.SESSION_ID));
    assertEquals(Map.of("get", 1), commands(client, elsewhere, "TLSv1.2", Mechanism.SESSION_ID));
    assertEquals(Map.of("get", 1), commands(client, elsewhere, "TLSv1.2", Mechanism.SESSION_ID));
  }

  @Test
  void aStatefulTicketNeedsOneToStoreItAndTwoToUseItUp() throws Exception {
    SSLContext client = client();
    UnaryOperator<RepriseServer> stateful = server -> server.statefulTickets(true);
    assertEquals(Map.of("set", 2), commands(client, server(maker, stateful), "TLSv1.3", null));
    for (Node node : List.of(other, maker)) {
      assertEquals(
          Map.of("get", 1, "getdel", 1, "set", 1),
          commands(client, server(node, stateful), "TLSv1.3", Mechanism.STATEFUL_TICKET));
    }
  }

  /** A handshake waits a quarter of a second for its store, and the first answers may take that. */
  @BeforeEach
  void warmUp() {
    for (Node node : List.of(maker, other)) {
      Await.until(
          "it answers", () -> node.put(Samples.id(1), Samples.session(ProtocolVersion.TLS13)));
      assertInstanceOf(Lookup.Found.class, node.take(Samples.id(1)));
    }
  }

  private Map<String, Integer> commands(
      SSLContext client, SSLContext server, String version, @Nullable Mechanism expected)
      throws Exception {
    redis.ask("CONFIG", "RESETSTAT");
    EnginePair pair = EnginePair.between(client, server, TestCertificates.SERVER_NAME);
    pair.client().setEnabledProtocols(new String[] {version});
    pair.handshake();
    // A client takes its tickets when it reads.
    pair.send(Side.SERVER, new byte[] {1});
    ResumptionOutcome outcome = Reprise.outcome(pair.server().getSession());
    assertEquals(
        expected,
        outcome instanceof ResumptionOutcome.Resumed resumed ? resumed.mechanism() : null);
    pair.close(Side.CLIENT);
    return counted();
  }

  private Map<String, Integer> counted() {
    Map<String, Integer> counts = new TreeMap<>();
    for (MatchResult match :
        COUNTED.matcher(redis.askText("INFO", "commandstats")).results().toList()) {
      counts.put(match.group(1), Integer.parseInt(match.group(2)));
    }
    // Of this test itself.
    counts.keySet().removeAll(List.of("auth", "info", "config"));
    counts.keySet().removeIf(name -> name.startsWith("config"));
    return counts;
  }

  private static SSLContext server(Node node, UnaryOperator<RepriseServer> more) {
    return more.apply(
            Reprise.server()
                .identities(List.of(new ServerIdentity(SERVER.key(), SERVER.chain())))
                .fleet(new Member(node)))
        .build();
  }

  private static UnaryOperator<RepriseServer> same() {
    return UnaryOperator.identity();
  }

  private SSLContext client() {
    X509TrustManager trust = (X509TrustManager) TestCertificates.trustManagers()[0];
    return Reprise.client().trustManager(trust).clock(maker.clock).build();
  }
}
