/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One side of a connection. Its cost is that of making the engine and of its turns, each from the
 * first call to the point where nothing is left to do without the other side. All allocated in a
 * turn is the engine's: the buffers are the caller's and used again.
 */
final class MeasuredEngine {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Cost cost = new Cost();
  private final SSLEngine engine;
  private final ByteBuffer inbound;
  private final ByteBuffer outbound;
  private final ByteBuffer plaintext;
  private boolean begun;

  /**
   * @param configuring is not counted
   * @param inbound what the other side has sent, ready to be written to
   * @param outbound what this side sends, ready to be written to
   * @param plaintext room for application data, of which there is none in a handshake
   */
  MeasuredEngine(
      Supplier<SSLEngine> making,
      Consumer<SSLEngine> configuring,
      ByteBuffer inbound,
      ByteBuffer outbound,
      ByteBuffer plaintext) {
    this.inbound = inbound;
    this.outbound = outbound;
    this.plaintext = plaintext;
    cost.begin();
    this.engine = making.get();
    cost.end();
    configuring.accept(engine);
  }

  SSLEngine engine() {
    return engine;
  }

  Cost cost() {
    return cost;
  }

  /** Does all that can be done without the other side. */
  void turn() throws SSLException {
    inbound.flip();
    cost.begin();
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    while (step()) {
      // A turn ends when there is no next step.
    }
    cost.end();
    inbound.compact();
  }

  void sayOneByte() throws SSLException {
    cost.begin();
    requireRoom(engine.wrap(ByteBuffer.allocate(1), outbound));
    cost.end();
  }

  private boolean step() throws SSLException {
    return switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> runTask();
      case NEED_WRAP -> wrap();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> unwrap();
    };
  }

  private boolean runTask() {
    Runnable task = engine.getDelegatedTask();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  private boolean wrap() throws SSLException {
    SSLEngineResult result = engine.wrap(NOTHING, outbound);
    requireRoom(result);
    return result.bytesProduced() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
  }

  private boolean unwrap() throws SSLException {
    HandshakeStatus before = engine.getHandshakeStatus();
    if (!inbound.hasRemaining() && before == HandshakeStatus.NOT_HANDSHAKING) {
      return false;
    }
    SSLEngineResult result = engine.unwrap(inbound, plaintext);
    requireRoom(result);
    // Netty's engines learn from an empty call that their handshake is over.
    return result.bytesConsumed() > 0 || engine.getHandshakeStatus() != before;
  }

  private static void requireRoom(SSLEngineResult result) {
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new IllegalStateException("A buffer is too small");
    }
  }
}
