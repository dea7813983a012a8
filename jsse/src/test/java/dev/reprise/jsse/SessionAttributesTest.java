/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.Side;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A session's attributes after resumption equal those after the full handshake. */
class SessionAttributesTest {
  private final FakeClock clock = FakeClock.create();

  /** How the server remembers. */
  enum Memory {
    TICKET,
    STORE;

    RepriseServer server() {
      RepriseServer server = Contexts.ourServer(Contexts.SERVER);
      return this == TICKET ? server : server.withoutTickets();
    }
  }

  static Stream<Arguments> casesAndMemories() {
    return Contexts.cases()
        .flatMap(each ->
            each.ends().ourServer
                ? Stream.of(Memory.values()).map(memory -> Arguments.of(each, memory))
                : Stream.of(Arguments.of(each, Memory.TICKET)));
  }

  private SSLContext server(Case each, Memory memory) {
    return each.ends().ourServer
        ? memory
            .server()
            .clock(clock)
            .clientAuthentication(ClientAuthentication.WANT, Contexts.trustManager())
            .build()
        : each.server();
  }

  private SSLContext client(Case each) {
    return each.ends().ourClient
        ? Contexts.ourClient().clock(clock).keyManager(Contexts.keyManager(Contexts.CLIENT)).build()
        : each.client(Contexts.CLIENT);
  }

  private static EnginePair connect(Case each, SSLContext client, SSLContext server)
      throws Exception {
    EnginePair pair = each.pair(client, server);
    if (!each.ends().ourServer) {
      pair.server().setWantClientAuth(true);
    }
    pair.handshake();
    pair.send(Side.CLIENT, new byte[1]);
    pair.send(Side.SERVER, new byte[1]);
    return pair;
  }

  private static ExtendedSSLSession session(EnginePair pair, Side side) {
    return (ExtendedSSLSession) (side == Side.CLIENT ? pair.client() : pair.server()).getSession();
  }

  private static Stream<Side> ours(Case each) {
    return Stream.of(Side.values())
        .filter(side -> side == Side.CLIENT ? each.ends().ourClient : each.ends().ourServer);
  }

  private static Map<String, Object> attributes(EnginePair pair, Side side) throws SSLException {
    ExtendedSSLSession session = session(pair, side);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", HexFormat.of().formatHex(session.getId()));
    all.put("created", session.getCreationTime());
    all.put("protocol", session.getProtocol());
    all.put("suite", session.getCipherSuite());
    all.put("host", String.valueOf(session.getPeerHost()));
    all.put("port", session.getPeerPort());
    all.put("peer", Arrays.asList(session.getPeerCertificates()));
    all.put("peer principal", session.getPeerPrincipal());
    Certificate[] local = session.getLocalCertificates();
    all.put("local", local == null ? "none" : Arrays.asList(local));
    all.put("local principal", String.valueOf(session.getLocalPrincipal()));
    all.put("names", session.getRequestedServerNames());
    all.put("verifies", Arrays.asList(session.getPeerSupportedSignatureAlgorithms()));
    all.put("signs", Arrays.asList(session.getLocalSupportedSignatureAlgorithms()));
    all.put("stapled", session.getStatusResponses());
    all.put("packet", session.getPacketBufferSize());
    all.put("application", session.getApplicationBufferSize());
    all.put("valid", session.isValid());
    all.put("value", String.valueOf(session.getValue("name")));
    all.put("context", session.getSessionContext());
    return all;
  }

  @ParameterizedTest
  @MethodSource("casesAndMemories")
  void areTheSameAfterEachResumption(Case each, Memory memory) throws Exception {
    SSLContext client = client(each);
    SSLContext server = server(each, memory);
    EnginePair full = connect(each, client, server);
    ours(each).forEach(side -> session(full, side).putValue("name", side));
    for (int i = 1; i <= 3; i++) {
      clock.advance(java.time.Duration.ofSeconds(60));
      EnginePair resumed = connect(each, client, server);
      for (Side side : ours(each).toList()) {
        Observed.mechanism(side == Side.CLIENT ? resumed.client() : resumed.server());
        assertEquals(attributes(full, side), attributes(resumed, side), side.toString());
        assertEquals(
            session(full, side).getLastAccessedTime() + i * 60_000L,
            session(resumed, side).getLastAccessedTime());
      }
      resumed.close(Side.CLIENT);
    }
  }

  @ParameterizedTest
  @MethodSource("casesAndMemories")
  void areNotSharedByAnotherFullHandshake(Case each, Memory memory) throws Exception {
    SSLContext server = server(each, memory);
    EnginePair one = connect(each, client(each), server);
    EnginePair other = connect(each, client(each), server);
    for (Side side : ours(each).toList()) {
      session(one, side).putValue("name", "one");
      assertNull(session(other, side).getValue("name"));
      assertNotEquals(attributes(one, side).get("id"), attributes(other, side).get("id"));
    }
  }

  @ParameterizedTest
  @MethodSource("casesAndMemories")
  void followWhatIsBoundLater(Case each, Memory memory) throws Exception {
    SSLContext client = client(each);
    SSLContext server = server(each, memory);
    EnginePair full = connect(each, client, server);
    EnginePair resumed = connect(each, client, server);
    for (Side side : ours(each).toList()) {
      session(resumed, side).putValue("name", side);
      assertSame(side, session(full, side).getValue("name"));
      assertArrayEquals(new String[] {"name"}, session(full, side).getValueNames());
      session(full, side).removeValue("name");
      assertNull(session(resumed, side).getValue("name"));
    }
  }

  @ParameterizedTest
  @EnumSource(Memory.class)
  void withoutACertificateThereIsNoneAfterwardsEither(Memory memory) throws Exception {
    for (String version : new String[] {Contexts.TLS13, Contexts.TLS12}) {
      Case each = new Case(Ends.BOTH_OURS, version);
      SSLContext client = each.client();
      SSLContext server = server(each, memory);
      for (int i = 0; i < 2; i++) {
        EnginePair pair = connect(each, client, server);
        org.junit.jupiter.api.Assertions.assertThrows(
            SSLPeerUnverifiedException.class,
            () -> pair.server().getSession().getPeerCertificates());
        assertNull(pair.client().getSession().getLocalCertificates());
        assertTrue(pair.client().getSession().isValid());
      }
    }
  }

  /** In TLS 1.2 it is the server who chooses a session's ID. */
  @Test
  void aServerThatTakesTheIdOfAnotherSessionHasNothingOfIt() throws Exception {
    SSLContext client =
        Contexts.ourClient()
            .clock(clock)
            .protocols(List.of(Contexts.TLS12))
            .keyManager(Contexts.keyManager(Contexts.CLIENT))
            .build();
    List<SSLSession> sessions = new ArrayList<>();
    for (ClientAuthentication mode :
        List.of(ClientAuthentication.NEED, ClientAuthentication.NONE)) {
      SSLContext server =
          Memory.STORE
              .server()
              .clock(clock)
              .random(SeededRandom.of(9))
              .cryptoProviders(JcaProviders.jdk())
              .clientAuthentication(mode, Contexts.trustManager())
              .build();
      String host = mode + ".example";
      sessions.add(EnginePair.between(client, server, host).handshake().client().getSession());
    }
    assertArrayEquals(sessions.getFirst().getId(), sessions.getLast().getId());
    assertNotNull(sessions.getFirst().getLocalPrincipal());
    assertNull(sessions.getLast().getLocalPrincipal());
  }
}
