/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import dev.reprise.testkit.TestCertificates;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published rules for engines, as far as they are the same in the JDK's provider. */
class EngineRulesTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  static Stream<Arguments> both() {
    return Stream.of(Whose.values())
        .flatMap(whose ->
            Stream.of(Contexts.TLS13, Contexts.TLS12).map(each -> Arguments.of(whose, each)));
  }

  private static Duplex duplex(Whose whose, String version) throws Exception {
    return new Duplex(
        Contexts.pair(
            whose.context(null, TestCertificates.authority()),
            whose.context(Contexts.SERVER, TestCertificates.authority()),
            version));
  }

  private static void assertNothing(Status status, SSLEngineResult result) {
    assertEquals(status, result.getStatus());
    assertEquals(0, result.bytesConsumed());
    assertEquals(0, result.bytesProduced());
  }

  @ParameterizedTest
  @EnumSource
  void knowsItsSideBeforeAnything(Whose whose) throws Exception {
    SSLEngine engine = whose.context(null, TestCertificates.authority()).createSSLEngine();
    ByteBuffer room = ByteBuffer.allocate(40_000);
    assertThrows(IllegalStateException.class, () -> engine.wrap(NOTHING, room));
    assertThrows(IllegalStateException.class, () -> engine.unwrap(NOTHING, room));
    assertThrows(IllegalStateException.class, engine::beginHandshake);
  }

  @ParameterizedTest
  @EnumSource
  void hasASessionOfNothingBeforeItsHandshake(Whose whose) throws Exception {
    SSLEngine engine = whose.context(null, TestCertificates.authority()).createSSLEngine();
    SSLSession session = engine.getSession();
    assertEquals("SSL_NULL_WITH_NULL_NULL", session.getCipherSuite());
    assertEquals("NONE", session.getProtocol());
    assertEquals(0, session.getId().length);
    assertNull(session.getLocalCertificates());
    assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
    assertTrue(session.getPacketBufferSize() >= 16_384 + 5);
    assertTrue(session.getApplicationBufferSize() >= 16_384);
    assertNull(engine.getHandshakeSession());
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
    assertFalse(engine.isInboundDone() || engine.isOutboundDone());
  }

  @ParameterizedTest
  @MethodSource("both")
  void beginsOnce(Whose whose, String version) throws Exception {
    Duplex duplex = duplex(whose, version);
    for (Side side : Side.values()) {
      duplex.engine(side).beginHandshake();
      HandshakeStatus status = duplex.engine(side).getHandshakeStatus();
      duplex.engine(side).beginHandshake();
      assertEquals(status, duplex.engine(side).getHandshakeStatus());
      assertThrows(
          IllegalArgumentException.class,
          () -> duplex.engine(side).setUseClientMode(side == Side.SERVER));
    }
    duplex.settle();
    assertEquals(version, duplex.engine(Side.CLIENT).getSession().getProtocol());
  }

  @ParameterizedTest
  @MethodSource("both")
  void showsItsSessionWhileItShakesHands(Whose whose, String version) throws Exception {
    Duplex duplex = duplex(whose, version);
    List<String> seen = new ArrayList<>();
    duplex.engine(Side.CLIENT).beginHandshake();
    while (duplex.step(Side.CLIENT) || duplex.step(Side.SERVER)) {
      SSLSession session = duplex.engine(Side.SERVER).getHandshakeSession();
      if (session != null && !session.getProtocol().equals("NONE")) {
        seen.add(session.getProtocol());
      }
    }
    assertTrue(seen.contains(version), seen::toString);
    assertNull(duplex.engine(Side.SERVER).getHandshakeSession());
    assertNull(duplex.engine(Side.CLIENT).getHandshakeSession());
  }

  @ParameterizedTest
  @MethodSource("both")
  void refusesMisuse(Whose whose, String version) throws Exception {
    SSLEngine engine = duplex(whose, version).handshake().engine(Side.CLIENT);
    ByteBuffer room = ByteBuffer.allocate(40_000);
    ByteBuffer[] one = {ByteBuffer.allocate(10)};
    ByteBuffer[] none = {nothing()};
    assertThrows(ReadOnlyBufferException.class, () -> engine.wrap(room, room.asReadOnlyBuffer()));
    assertThrows(ReadOnlyBufferException.class, () -> engine.unwrap(room, room.asReadOnlyBuffer()));
    assertThrows(IndexOutOfBoundsException.class, () -> engine.wrap(one, 0, 2, room));
    assertThrows(IndexOutOfBoundsException.class, () -> engine.wrap(one, -1, 1, room));
    assertThrows(IndexOutOfBoundsException.class, () -> engine.unwrap(room, one, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> engine.wrap(one, 0, 1, nothing()));
    assertThrows(IllegalArgumentException.class, () -> engine.unwrap(nothing(), one, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> engine.wrap(none, 0, 1, room));
    assertThrows(IllegalArgumentException.class, () -> engine.unwrap(room, none, 0, 1));
  }

  @SuppressWarnings("NullAway")
  private static ByteBuffer nothing() {
    @Nullable ByteBuffer nothing = null;
    return nothing;
  }

  @ParameterizedTest
  @MethodSource("both")
  void asksForMoreOfARecordAndForMoreRoom(Whose whose, String version) throws Exception {
    Duplex duplex = duplex(whose, version).handshake();
    SSLEngine server = duplex.engine(Side.SERVER);
    assertNothing(
        Status.BUFFER_OVERFLOW,
        duplex.engine(Side.CLIENT).wrap(ByteBuffer.allocate(100), ByteBuffer.allocate(50)));
    assertNothing(
        Status.BUFFER_OVERFLOW, duplex.engine(Side.CLIENT).wrap(ByteBuffer.allocate(100), NOTHING));
    duplex.wrap(Side.CLIENT, ByteBuffer.allocate(100));
    ByteBuffer record = duplex.inbox(Side.SERVER);
    ByteBuffer room = ByteBuffer.allocate(40_000);
    for (int length : new int[] {0, 4, 5, record.remaining() - 1}) {
      assertNothing(Status.BUFFER_UNDERFLOW, server.unwrap(record.slice(0, length), room));
    }
    assertNothing(Status.BUFFER_OVERFLOW, server.unwrap(record, NOTHING));
    assertNothing(Status.BUFFER_OVERFLOW, server.unwrap(record, ByteBuffer.allocate(10)));
    assertEquals(0, record.position());
    assertEquals(100, server.unwrap(record, room).bytesProduced());
  }

  @ParameterizedTest
  @MethodSource("both")
  void saysGoodbyeOnceAndThenNothing(Whose whose, String version) throws Exception {
    Duplex duplex = duplex(whose, version).handshake();
    SSLEngine client = duplex.engine(Side.CLIENT);
    client.closeOutbound();
    client.closeOutbound();
    assertFalse(client.isOutboundDone());
    assertEquals(HandshakeStatus.NEED_WRAP, client.getHandshakeStatus());
    SSLEngineResult goodbye = duplex.wrap(Side.CLIENT, ByteBuffer.allocate(10));
    assertEquals(Status.CLOSED, goodbye.getStatus());
    assertEquals(0, goodbye.bytesConsumed());
    assertTrue(goodbye.bytesProduced() > 0);
    assertTrue(client.isOutboundDone());
    assertNothing(Status.CLOSED, duplex.wrap(Side.CLIENT, ByteBuffer.allocate(10)));
    SSLEngineResult heard = duplex.unwrap(Side.SERVER, ByteBuffer.allocate(40_000));
    assertEquals(Status.CLOSED, heard.getStatus());
    assertTrue(duplex.engine(Side.SERVER).isInboundDone());
    assertNothing(Status.CLOSED, duplex.unwrap(Side.SERVER, ByteBuffer.allocate(40_000)));
    duplex.engine(Side.SERVER).closeInbound();
  }

  @ParameterizedTest
  @MethodSource("both")
  void mindsAnEndWithoutGoodbye(Whose whose, String version) throws Exception {
    Duplex duplex = duplex(whose, version).handshake();
    SSLEngine client = duplex.engine(Side.CLIENT);
    assertThrows(SSLException.class, client::closeInbound);
    assertTrue(client.isInboundDone());
    client.closeInbound();
    assertNothing(Status.CLOSED, duplex.unwrap(Side.CLIENT, ByteBuffer.allocate(40_000)));
  }

  @ParameterizedTest
  @MethodSource("both")
  void runsItsTasksOnWhateverThread(Whose whose, String version) throws Exception {
    Duplex duplex = duplex(whose, version);
    duplex.engine(Side.CLIENT).beginHandshake();
    boolean moved = true;
    int tasks = 0;
    while (moved) {
      moved = false;
      for (Side side : Side.values()) {
        SSLEngine engine = duplex.engine(side);
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
          Runnable task = engine.getDelegatedTask();
          assertNotNull(task);
          assertEquals(
              HandshakeStatus.NEED_TASK,
              duplex.wrap(side, ByteBuffer.allocate(3)).getHandshakeStatus());
          Future<?> elsewhere =
              SocketPair.elsewhere(() -> {
                task.run();
                return null;
              });
          SocketPair.await(elsewhere);
          tasks++;
          moved = true;
        } else {
          moved |= duplex.step(side);
        }
      }
    }
    assertTrue(tasks >= 2, "both sides had a task: " + tasks);
    assertEquals(version, duplex.engine(Side.SERVER).getSession().getProtocol());
  }

  @ParameterizedTest
  @EnumSource
  void failsIfItHasNothingToOffer(Whose whose) throws Exception {
    String[] suites = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"};
    SSLContext context = whose.context(null, TestCertificates.authority());
    SSLEngine engine = context.createSSLEngine(Contexts.HOST, 443);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {Contexts.TLS13});
    engine.setEnabledCipherSuites(suites);
    assertThrows(SSLHandshakeException.class, engine::beginHandshake);
    try (SocketPair pair =
        SocketPair.of(
            context,
            whose.context(Contexts.SERVER, TestCertificates.authority()),
            Contexts.TLS13)) {
      pair.client().setEnabledCipherSuites(suites);
      assertThrows(SSLHandshakeException.class, () -> pair.client().startHandshake());
    }
  }

  @ParameterizedTest
  @EnumSource
  void isDoneIfItIsClosedBeforeItBegins(Whose whose) throws Exception {
    EnginePair pair =
        Contexts.pair(
            whose.context(null, TestCertificates.authority()),
            whose.context(Contexts.SERVER, TestCertificates.authority()),
            Contexts.TLS13);
    for (SSLEngine engine : new SSLEngine[] {pair.client(), pair.server()}) {
      engine.closeOutbound();
      assertTrue(engine.isOutboundDone());
      assertNothing(Status.CLOSED, engine.wrap(NOTHING, ByteBuffer.allocate(40_000)));
      assertThrows(SSLException.class, engine::beginHandshake);
    }
  }
}
