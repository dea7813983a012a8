/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine asks for next, and when it says that the handshake is finished. */
class HandshakeStatusTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Case> bothOurs() {
    return cases().filter(each -> each.ends() == Ends.BOTH_OURS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void finishesOnceOnEachOfOurSides(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    for (int i = 0; i < 3; i++) {
      Duplex duplex = new Duplex(each.pair(client, server)).handshake();
      duplex.wrap(Side.CLIENT, ByteBuffer.wrap(new byte[10]));
      duplex.wrap(Side.SERVER, ByteBuffer.wrap(new byte[10]));
      duplex.settle();
      if (each.ends().ourClient) {
        assertEquals(1, duplex.count(Side.CLIENT, HandshakeStatus.FINISHED));
      }
      if (each.ends().ourServer) {
        assertEquals(1, duplex.count(Side.SERVER, HandshakeStatus.FINISHED));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void finishesOnceWithClientCertificatesAndWithoutTickets(Case each) throws Exception {
    ResumptionPolicy none =
        new ResumptionPolicy(
            Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 0, 0, false, "none");
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .policy(none)
            .clientAuthentication(ClientAuthentication.NEED, Contexts.trustManager())
            .build();
    SSLContext client = each.client(Contexts.CLIENT);
    Duplex duplex = new Duplex(each.pair(client, server)).handshake();
    assertEquals(1, duplex.count(Side.CLIENT, HandshakeStatus.FINISHED));
    assertEquals(1, duplex.count(Side.SERVER, HandshakeStatus.FINISHED));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void isNotHandshakingBeforeAndAfter(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    for (Side side : Side.values()) {
      assertEquals(HandshakeStatus.NOT_HANDSHAKING, duplex.engine(side).getHandshakeStatus());
    }
    duplex.engine(Side.CLIENT).beginHandshake();
    duplex.engine(Side.SERVER).beginHandshake();
    assertEquals(HandshakeStatus.NEED_WRAP, duplex.engine(Side.CLIENT).getHandshakeStatus());
    assertEquals(HandshakeStatus.NEED_UNWRAP, duplex.engine(Side.SERVER).getHandshakeStatus());
    duplex.handshake();
    for (Side side : Side.values()) {
      assertEquals(HandshakeStatus.NOT_HANDSHAKING, duplex.engine(side).getHandshakeStatus());
    }
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void beginsWithTheFirstCall(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    SSLEngineResult hello = duplex.wrap(Side.CLIENT, ByteBuffer.wrap(new byte[5]));
    assertEquals(HandshakeStatus.NEED_UNWRAP, hello.getHandshakeStatus());
    assertEquals(0, hello.bytesConsumed());
    assertTrue(hello.bytesProduced() > 0);
    SSLEngineResult read = duplex.unwrap(Side.SERVER, ByteBuffer.allocate(0));
    assertEquals(hello.bytesProduced(), read.bytesConsumed());
    duplex.settle();
    assertEquals(1, duplex.count(Side.SERVER, HandshakeStatus.FINISHED));
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void doesNothingOutOfTurn(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    SSLEngineResult early = duplex.unwrap(Side.CLIENT, ByteBuffer.allocate(0));
    assertEquals(HandshakeStatus.NEED_WRAP, early.getHandshakeStatus());
    assertEquals(Status.OK, early.getStatus());
    SSLEngineResult server = duplex.wrap(Side.SERVER, ByteBuffer.wrap(new byte[5]));
    assertEquals(HandshakeStatus.NEED_UNWRAP, server.getHandshakeStatus());
    assertEquals(0, server.bytesProduced() + server.bytesConsumed());
    assertEquals(
        Status.BUFFER_UNDERFLOW, duplex.unwrap(Side.SERVER, ByteBuffer.allocate(0)).getStatus());
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void waitsForATaskInBothDirections(Case each) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    duplex.wrap(Side.CLIENT, NOTHING);
    SSLEngine server = duplex.engine(Side.SERVER);
    while (server.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
      duplex.step(Side.SERVER);
    }
    for (SSLEngineResult result :
        new SSLEngineResult[] {
          duplex.wrap(Side.SERVER, ByteBuffer.wrap(new byte[3])),
          duplex.unwrap(Side.SERVER, ByteBuffer.allocate(0))
        }) {
      assertEquals(HandshakeStatus.NEED_TASK, result.getHandshakeStatus());
      assertEquals(Status.OK, result.getStatus());
      assertEquals(0, result.bytesConsumed() + result.bytesProduced());
    }
    Runnable task = server.getDelegatedTask();
    assertNotNull(task);
    assertNull(server.getDelegatedTask(), "there is one task, given out once");
    assertEquals(HandshakeStatus.NEED_TASK, server.getHandshakeStatus());
    task.run();
    assertEquals(HandshakeStatus.NEED_WRAP, server.getHandshakeStatus());
    duplex.settle();
    assertEquals(1, duplex.count(Side.SERVER, HandshakeStatus.FINISHED));
  }

  @Test
  void needsToKnowItsSide() {
    SSLEngine engine = Contexts.provided(Contexts.SERVER).createSSLEngine();
    assertThrows(IllegalStateException.class, engine::beginHandshake);
    assertThrows(
        IllegalStateException.class, () -> engine.wrap(NOTHING, ByteBuffer.allocate(20_000)));
    assertThrows(
        IllegalStateException.class, () -> engine.unwrap(NOTHING, ByteBuffer.allocate(20_000)));
  }

  @Test
  void doesNotChangeItsSideOnceBegun() throws Exception {
    SSLEngine engine = Contexts.provided(Contexts.SERVER).createSSLEngine();
    engine.setUseClientMode(true);
    engine.setUseClientMode(false);
    engine.beginHandshake();
    assertThrows(IllegalArgumentException.class, () -> engine.setUseClientMode(true));
    assertThrows(IllegalArgumentException.class, () -> engine.setUseClientMode(false));
  }

  @Test
  void knowsItsSideFromItsBuilder() {
    SSLEngine server = Contexts.ourServer(Contexts.SERVER).build().createSSLEngine();
    SSLEngine client = Contexts.ourClient().build().createSSLEngine();
    assertFalse(server.getUseClientMode());
    assertTrue(client.getUseClientMode());
    server.setUseClientMode(false);
    client.setUseClientMode(true);
    assertThrows(IllegalArgumentException.class, () -> server.setUseClientMode(true));
    assertThrows(IllegalArgumentException.class, () -> client.setUseClientMode(false));
  }

  @Test
  void refusesToRenegotiate() throws Exception {
    EnginePair pair = new Case(Ends.BOTH_OURS, Contexts.TLS12).pair().handshake();
    assertThrows(SSLException.class, () -> pair.client().beginHandshake());
    assertThrows(SSLException.class, () -> pair.server().beginHandshake());
    assertEquals(1, pair.send(Side.CLIENT, new byte[1]).length, "the connection goes on");
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void resumesOnlyIfItMayNotCreateSessions(Case each) throws Exception {
    SSLContext client = each.client();
    SSLContext server = each.server();
    for (Side side : Side.values()) {
      EnginePair refused = each.pair(client, Contexts.ourServer(Contexts.SERVER).build());
      (side == Side.CLIENT ? refused.client() : refused.server()).setEnableSessionCreation(false);
      SSLException failure = assertThrows(SSLException.class, refused::handshake);
      assertTrue(
          Observed.message(failure).startsWith("(handshake_failure)"), Observed.message(failure));
      assertTrue(Observed.message(refused, side.other()).contains("handshake_failure"));
    }
    each.pair(client, server).handshake();
    EnginePair resumed = each.pair(client, server);
    resumed.client().setEnableSessionCreation(false);
    resumed.server().setEnableSessionCreation(false);
    resumed.handshake();
  }

  @ParameterizedTest
  @MethodSource("bothOurs")
  void endsAHandshakeThatTakesTooLong(Case each) throws Exception {
    dev.reprise.testkit.FakeClock clock = dev.reprise.testkit.FakeClock.create();
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .clock(clock)
            .handshakeDeadline(Duration.ofSeconds(5))
            .build();
    EnginePair pair = each.pair(each.client(), server);
    pair.over((side, bytes) -> {
      clock.advance(Duration.ofSeconds(4));
      return bytes;
    });
    assertThrows(SSLException.class, pair::handshake);
    assertNotNull(pair.failure(Side.SERVER));
  }

  /** Browsers open connections in advance. */
  @ParameterizedTest
  @MethodSource("bothOurs")
  void aClientMayComeLateToAConnectionThatWaits(Case each) throws Exception {
    dev.reprise.testkit.FakeClock clock = dev.reprise.testkit.FakeClock.create();
    SSLContext server =
        Contexts.ourServer(Contexts.SERVER)
            .clock(clock)
            .handshakeDeadline(Duration.ofSeconds(5))
            .build();
    EnginePair pair = each.pair(each.client(), server);
    pair.server().beginHandshake();
    clock.advance(Duration.ofMinutes(10));
    pair.handshake();
  }
}
