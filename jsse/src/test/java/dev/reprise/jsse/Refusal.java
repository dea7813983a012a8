/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** How every failure ends: one side says why, the other hears it, and both are done. */
final class Refusal {
  private Refusal() {}

  /**
   * Shakes hands in vain.
   *
   * @return what {@code by} threw
   */
  static SSLException of(EnginePair pair, Side by) throws SSLException {
    SSLException reason = withoutWords(pair, by);
    String heard = Observed.message(pair, by.other());
    assertTrue(heard.contains("Received fatal alert"), heard);
    return reason;
  }

  /** The same, but {@code by} may have had no keys yet to say it under. */
  static SSLException withoutWords(EnginePair pair, Side by) throws SSLException {
    assertThrows(SSLException.class, pair::handshake);
    SSLException reason = Observed.failure(pair, by);
    SSLException _ = Observed.failure(pair, by.other());
    for (SSLEngine engine : new SSLEngine[] {pair.client(), pair.server()}) {
      if (engine instanceof RepriseEngine) {
        assertDead(engine);
      }
    }
    return reason;
  }

  private static void assertDead(SSLEngine engine) throws SSLException {
    assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
    assertTrue(engine.isInboundDone());
    assertTrue(engine.isOutboundDone());
    ByteBuffer room = ByteBuffer.allocate(20_000);
    SSLEngineResult wrapped = engine.wrap(ByteBuffer.allocate(9), room);
    SSLEngineResult unwrapped = engine.unwrap(ByteBuffer.allocate(9), room);
    for (SSLEngineResult result : new SSLEngineResult[] {wrapped, unwrapped}) {
      assertEquals(Status.CLOSED, result.getStatus());
      assertEquals(0, result.bytesConsumed() + result.bytesProduced());
    }
    assertThrows(SSLException.class, engine::beginHandshake);
  }

  /**
   * The same with sockets. In TLS 1.3 a client that was refused hears of it when it reads.
   *
   * @return what {@code by} threw
   */
  static SSLException of(SocketPair pair, Side by) throws Exception {
    SSLSocket refusing = by == Side.CLIENT ? pair.client() : pair.server();
    SSLSocket other = by == Side.CLIENT ? pair.server() : pair.client();
    Future<Integer> elsewhere = SocketPair.elsewhere(() -> use(other));
    Future<Integer> here = SocketPair.elsewhere(() -> use(refusing));
    SSLException heard =
        assertInstanceOf(SSLException.class, SocketPair.failure(elsewhere), "the other side");
    assertTrue(heard.toString().contains("Received fatal alert"), heard::toString);
    SSLException reason =
        assertInstanceOf(SSLException.class, SocketPair.failure(here), "the refusing side");
    for (SSLSocket socket : new SSLSocket[] {refusing, other}) {
      assertThrows(IOException.class, socket::startHandshake);
      assertThrows(IOException.class, () -> socket.getOutputStream().write(1));
    }
    return reason;
  }

  private static int use(SSLSocket socket) throws IOException {
    socket.startHandshake();
    return socket.getInputStream().read();
  }
}
