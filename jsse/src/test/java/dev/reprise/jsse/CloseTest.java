/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.jsse.Contexts.Case;
import dev.reprise.jsse.Contexts.Ends;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How connections end, in order and otherwise. */
class CloseTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  static Stream<Case> cases() {
    return Contexts.cases();
  }

  static Stream<Arguments> casesAndSides() {
    return cases().flatMap(each -> Stream.of(Side.values()).map(side -> Arguments.of(each, side)));
  }

  /** Only sides that are ours: how the JDK's behave is not for us to test. */
  static Stream<Arguments> oursAndSides() {
    return Stream.concat(
        Contexts.casesWithOurClient().map(each -> Arguments.of(each, Side.CLIENT)),
        Contexts.casesWithOurServer().map(each -> Arguments.of(each, Side.SERVER)));
  }

  @ParameterizedTest
  @MethodSource("casesAndSides")
  void closesInOrder(Case each, Side first) throws Exception {
    EnginePair pair = each.pair().handshake();
    pair.close(first);
    for (SSLEngine engine : new SSLEngine[] {pair.client(), pair.server()}) {
      assertTrue(engine.isInboundDone());
      assertTrue(engine.isOutboundDone());
      assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
      engine.closeInbound();
      engine.closeOutbound();
    }
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void answersClosedAfterwards(Case each, Side side) throws Exception {
    EnginePair pair = each.pair().handshake();
    pair.close(side);
    SSLEngine engine = side == Side.CLIENT ? pair.client() : pair.server();
    SSLEngineResult wrapped = engine.wrap(ByteBuffer.wrap(new byte[9]), ByteBuffer.allocate(99));
    SSLEngineResult unwrapped =
        engine.unwrap(ByteBuffer.wrap(new byte[9]), ByteBuffer.allocate(99));
    for (SSLEngineResult result : new SSLEngineResult[] {wrapped, unwrapped}) {
      assertEquals(Status.CLOSED, result.getStatus());
      assertEquals(HandshakeStatus.NOT_HANDSHAKING, result.getHandshakeStatus());
      assertEquals(0, result.bytesConsumed() + result.bytesProduced());
    }
    assertThrows(SSLException.class, engine::beginHandshake);
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void saysSoWithTheLastBytes(Case each, Side side) throws Exception {
    Duplex duplex = new Duplex(each.pair()).handshake();
    SSLEngine engine = duplex.engine(side);
    engine.closeOutbound();
    assertEquals(HandshakeStatus.NEED_WRAP, engine.getHandshakeStatus());
    assertFalse(engine.isOutboundDone());
    SSLEngineResult result = duplex.wrap(side, ByteBuffer.wrap(new byte[5]));
    assertEquals(Status.CLOSED, result.getStatus());
    assertEquals(0, result.bytesConsumed(), "nothing is sent after close_notify");
    assertTrue(result.bytesProduced() > 0);
    assertTrue(engine.isOutboundDone());
    assertFalse(engine.isInboundDone());
  }

  @ParameterizedTest
  @MethodSource("casesAndSides")
  void sendsOnAfterTheOtherSideHasClosedInTls13(Case each, Side side) throws Exception {
    if (each.version().equals(Contexts.TLS12)) {
      return;
    }
    EnginePair pair = each.pair().handshake();
    (side == Side.CLIENT ? pair.client() : pair.server()).closeOutbound();
    pair.settle();
    SSLEngine other = side == Side.CLIENT ? pair.server() : pair.client();
    assertTrue(other.isInboundDone());
    assertFalse(other.isOutboundDone());
    assertArrayEquals(new byte[] {1, 2}, pair.send(side.other(), new byte[] {1, 2}));
    pair.close(side.other());
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void answersCloseNotifyWithItsOwnInTls12(Case each, Side side) throws Exception {
    if (each.version().equals(Contexts.TLS13)) {
      return;
    }
    Duplex duplex = new Duplex(each.pair()).handshake();
    duplex.engine(side.other()).closeOutbound();
    duplex.wrap(side.other(), NOTHING);
    SSLEngineResult result = duplex.unwrap(side, ByteBuffer.allocate(100));
    assertEquals(Status.CLOSED, result.getStatus());
    assertEquals(HandshakeStatus.NEED_WRAP, result.getHandshakeStatus());
    duplex.settle();
    assertTrue(duplex.engine(side).isOutboundDone());
    assertTrue(duplex.engine(side.other()).isInboundDone());
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void complainsOfAStreamThatIsCutOff(Case each, Side side) throws Exception {
    Duplex duplex = new Duplex(each.pair()).handshake();
    SSLEngine engine = duplex.engine(side);
    assertThrows(SSLException.class, engine::closeInbound);
    assertTrue(engine.isInboundDone());
    assertFalse(engine.isOutboundDone());
    engine.closeInbound();
    // Whoever is told so may still say goodbye.
    engine.closeOutbound();
    duplex.wrap(side, NOTHING);
    assertTrue(engine.isOutboundDone());
    assertEquals(Status.CLOSED, duplex.unwrap(side.other(), ByteBuffer.allocate(9)).getStatus());
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void complainsOfAHandshakeThatIsCutOff(Case each, Side side) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    duplex.wrap(Side.CLIENT, NOTHING);
    while (duplex.inbox(Side.CLIENT).limit() == 0) {
      duplex.step(Side.SERVER);
    }
    SSLEngine engine = duplex.engine(side);
    assertThrows(SSLException.class, engine::closeInbound);
    engine.closeInbound();
    assertTrue(engine.isInboundDone());
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      duplex.wrap(side, NOTHING);
    }
    assertTrue(engine.isOutboundDone());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void canBeClosedDuringTheHandshake(Case each, Side side) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    duplex.wrap(Side.CLIENT, NOTHING);
    duplex.step(Side.SERVER);
    duplex.engine(side).closeOutbound();
    assertThrows(SSLException.class, duplex::settle);
    assertTrue(duplex.engine(side).isOutboundDone());
  }

  @ParameterizedTest
  @MethodSource("oursAndSides")
  void canBeClosedBeforeTheHandshake(Case each, Side side) throws Exception {
    Duplex duplex = new Duplex(each.pair());
    SSLEngine engine = duplex.engine(side);
    engine.closeOutbound();
    assertTrue(engine.isOutboundDone());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
    assertEquals(Status.CLOSED, duplex.wrap(side, NOTHING).getStatus());
    assertEquals(Status.CLOSED, duplex.unwrap(side, NOTHING).getStatus());
    assertThrows(SSLException.class, engine::beginHandshake);
    engine.closeInbound();
  }

  @Test
  void keepsItsSessionAfterwards() throws Exception {
    EnginePair pair = new Case(Ends.BOTH_OURS, Contexts.TLS13).pair().handshake();
    pair.close(Side.CLIENT);
    assertEquals(Contexts.TLS13, pair.client().getSession().getProtocol());
  }
}
