/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Application protocols: RFC 7301. */
class ApplicationProtocolTest {
  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Case> withOurServer() {
    return Contexts.casesWithOurServer();
  }

  private static EnginePair offering(Case each, String... protocols) {
    EnginePair pair = each.pair();
    offer(pair.client(), protocols);
    return pair;
  }

  private static void offer(SSLEngine engine, String... protocols) {
    Contexts.configure(engine, parameters -> parameters.setApplicationProtocols(protocols));
  }

  private static void assertAgreed(String protocol, EnginePair pair) {
    assertEquals(protocol, pair.client().getApplicationProtocol());
    assertEquals(protocol, pair.server().getApplicationProtocol());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesOnTheServersFirst(Case each) throws Exception {
    EnginePair pair = offering(each, "http/1.1", "h2");
    offer(pair.server(), "h2", "http/1.1");
    assertNull(pair.client().getApplicationProtocol());
    assertNull(pair.server().getApplicationProtocol());
    assertAgreed("h2", pair.handshake());
    assertNull(pair.client().getHandshakeApplicationProtocol());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWithoutIfTheServerHasNone(Case each) throws Exception {
    assertAgreed("", offering(each, "h2").handshake());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesWithoutIfTheClientOffersNone(Case each) throws Exception {
    EnginePair pair = each.pair();
    offer(pair.server(), "h2");
    assertAgreed("", pair.handshake());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesWhatItDoesNotServe(Case each) {
    EnginePair pair = offering(each, "h2");
    offer(pair.server(), "http/1.1");
    assertThrows(SSLHandshakeException.class, pair::handshake);
    for (Side side : Side.values()) {
      String message = Observed.message(pair, side);
      assertTrue(message.contains("no_application_protocol"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesAgainWhenItResumes(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    for (String protocol : List.of("a", "b", "a")) {
      EnginePair pair = each.pair(client, server);
      offer(pair.client(), "a", "b");
      offer(pair.server(), protocol);
      assertAgreed(protocol, pair.handshake());
      pair.close(Side.CLIENT);
    }
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void asksTheSelector(Case each) throws Exception {
    EnginePair pair = offering(each, "a", "b");
    List<String> offered = new ArrayList<>();
    pair.server()
        .setHandshakeApplicationProtocolSelector((engine, protocols) -> {
          assertSame(pair.server(), engine);
          offered.addAll(protocols);
          return "b";
        });
    assertAgreed("b", pair.handshake());
    assertEquals(List.of("a", "b"), offered);
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void letsTheSelectorDoWithout(Case each) throws Exception {
    EnginePair pair = offering(each, "a");
    pair.server().setHandshakeApplicationProtocolSelector((_, _) -> "");
    assertAgreed("", pair.handshake());
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void letsTheSelectorRefuse(Case each) {
    for (String answer : new String[] {null, "never offered"}) {
      EnginePair pair = offering(each, "a");
      pair.server().setHandshakeApplicationProtocolSelector((_, _) -> answer);
      assertThrows(SSLHandshakeException.class, pair::handshake);
      String message = Observed.message(pair, Side.CLIENT);
      assertTrue(message.contains("no_application_protocol"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("withOurServer")
  void survivesASelectorThatThrows(Case each) {
    EnginePair pair = offering(each, "a");
    pair.server()
        .setHandshakeApplicationProtocolSelector((_, _) -> {
          throw new IllegalArgumentException("a bug");
        });
    SSLException failure = assertThrows(SSLException.class, pair::handshake);
    assertTrue(Observed.message(failure).startsWith("(internal_error)"), Observed.message(failure));
    assertTrue(Observed.message(pair, Side.CLIENT).contains("internal_error"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void carriesEveryByteInAName(Case each) throws Exception {
    StringBuilder every = new StringBuilder();
    for (char c = 1; c <= 255; c++) {
      every.append(c);
    }
    EnginePair pair = offering(each, every.toString());
    offer(pair.server(), every.toString());
    assertAgreed(every.toString(), pair.handshake());
  }

  @Test
  void takesItFromTheBuilder() throws Exception {
    SSLContext client = Contexts.ourClient().applicationProtocols(List.of("a", "b")).build();
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER).applicationProtocols(List.of("b")).build();
    assertAgreed("b", EnginePair.between(client, server, Contexts.HOST).handshake());
  }

  @Test
  void refusesNamesThatDoNotFit() {
    SSLEngine engine = Contexts.ourClient().build().createSSLEngine();
    assertThrows(IllegalArgumentException.class, () -> offer(engine, "x".repeat(256)));
    assertEquals(0, engine.getSSLParameters().getApplicationProtocols().length);
  }
}
