/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import java.security.AlgorithmConstraints;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of the application during a handshake may throw whatever it likes. */
class ThrowingApplicationTest {
  /** What throws. */
  enum Place {
    ALIAS(Side.SERVER),
    PRIVATE_KEY(Side.SERVER),
    CHAIN(Side.SERVER),
    CLIENT_ALIAS(Side.CLIENT),
    SERVER_TRUST(Side.CLIENT),
    CLIENT_TRUST(Side.SERVER),
    ISSUERS(Side.SERVER),
    NAME_MATCHER(Side.SERVER),
    PROTOCOL_SELECTOR(Side.SERVER);

    private final Side side;

    Place(Side side) {
      this.side = side;
    }
  }

  static Stream<Arguments> everyFault() {
    return Stream.of(Place.values())
        .flatMap(place ->
            Stream.of(Fault.values())
                .flatMap(fault ->
                    Stream.of(Contexts.TLS13, Contexts.TLS12)
                        .map(version -> Arguments.of(place, fault, version))));
  }

  private static SSLContext context(Place place, Fault fault, Side side) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", new RepriseProvider());
    boolean server = side == Side.SERVER;
    Place here = place.side == side ? place : null;
    context.init(
        new KeyManager[] {
          new ThrowingKeys(
              Contexts.keyManager(server ? Contexts.SERVER : Contexts.CLIENT), here, fault)
        },
        new TrustManager[] {
          new ThrowingTrust(Contexts.trustManager(TestCertificates.trustManagers()), here, fault)
        },
        null);
    return context;
  }

  private static void client(SSLParameters parameters) {
    parameters.setServerNames(List.of(new SNIHostName(Contexts.HOST)));
    parameters.setApplicationProtocols(new String[] {"a"});
  }

  private static void server(Place place, Fault fault, SSLParameters parameters) {
    parameters.setNeedClientAuth(true);
    if (place == Place.NAME_MATCHER) {
      parameters.setSNIMatchers(List.of(new ThrowingMatcher(fault)));
    }
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void endsAnEnginesHandshakeOnBothSides(Place place, Fault fault, String version)
      throws Exception {
    EnginePair pair =
        Contexts.pair(
            context(place, fault, Side.CLIENT), context(place, fault, Side.SERVER), version);
    Contexts.configure(pair.client(), ThrowingApplicationTest::client);
    Contexts.configure(pair.server(), parameters -> server(place, fault, parameters));
    if (place == Place.PROTOCOL_SELECTOR) {
      pair.server()
          .setHandshakeApplicationProtocolSelector((_, _) -> {
            throw fault.strike();
          });
    }
    assertStruck(Refusal.of(pair, place.side));
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void endsASocketsHandshakeOnBothSides(Place place, Fault fault, String version) throws Exception {
    try (SocketPair pair =
        SocketPair.of(
            context(place, fault, Side.CLIENT), context(place, fault, Side.SERVER), version)) {
      SSLParameters clients = pair.client().getSSLParameters();
      client(clients);
      pair.client().setSSLParameters(clients);
      SSLParameters servers = pair.server().getSSLParameters();
      server(place, fault, servers);
      pair.server().setSSLParameters(servers);
      if (place == Place.PROTOCOL_SELECTOR) {
        pair.server()
            .setHandshakeApplicationProtocolSelector((_, _) -> {
              throw fault.strike();
            });
      }
      assertStruck(Refusal.of(pair, place.side));
    }
  }

  private static void assertStruck(SSLException reason) {
    Throwable cause = reason.getCause();
    assertNotNull(cause);
    assertEquals("struck", cause.getMessage(), cause::toString);
  }

  /** They are asked before anything was sent: so the other side has nothing to be told. */
  @ParameterizedTest
  @MethodSource("everyFault")
  void letsNoHandshakeBeginIfConstraintsThrow(Place place, Fault fault, String version)
      throws Exception {
    EnginePair pair = Contexts.pair(Contexts.provided(null), Contexts.sun(null), version);
    SSLEngine engine = place.side == Side.CLIENT ? pair.client() : server();
    AlgorithmConstraints constraints = new ThrowingConstraints(fault);
    Contexts.configure(engine, parameters -> parameters.setAlgorithmConstraints(constraints));
    assertStruck(assertThrows(SSLException.class, engine::beginHandshake));
    assertThrows(SSLException.class, engine::beginHandshake);
    assertEquals(true, engine.isOutboundDone() && engine.isInboundDone());
  }

  private static SSLEngine server() {
    SSLEngine engine = Contexts.provided(Contexts.SERVER).createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  private static final class ThrowingMatcher extends SNIMatcher {
    private final Fault fault;

    ThrowingMatcher(Fault fault) {
      super(0);
      this.fault = fault;
    }

    @Override
    public boolean matches(SNIServerName name) {
      throw fault.strike();
    }
  }
}
