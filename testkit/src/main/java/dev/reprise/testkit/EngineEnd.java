/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One engine of an {@link EnginePair}, with the bytes on their way to it. */
final class EngineEnd {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LARGEST_BUFFER = 1 << 20;

  final Side side;
  final SSLEngine engine;
  private final Consumer<byte[]> sender;
  private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
  private ByteBuffer onTheWay = NOTHING;
  private ByteBuffer arrived = NOTHING;
  private boolean finished;
  private @Nullable SSLException failure;

  EngineEnd(Side side, SSLEngine engine, Consumer<byte[]> sender) {
    this.side = side;
    this.engine = engine;
    this.sender = sender;
  }

  /** Whether the engine has said FINISHED. */
  boolean finished() {
    return finished;
  }

  @Nullable SSLException failure() {
    return failure;
  }

  void accept(byte[] bytes) {
    onTheWay = joined(onTheWay, bytes, bytes.length);
  }

  int unread() {
    return onTheWay.remaining() + arrived.remaining();
  }

  byte[] takePlaintext() {
    byte[] bytes = plaintext.toByteArray();
    plaintext.reset();
    return bytes;
  }

  /** Does one thing the engine asks for, or hands it bytes; false when there is nothing to do. */
  boolean step(int pieceLength) throws SSLException {
    try {
      return switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTask();
        case NEED_WRAP -> wrap(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> read(pieceLength);
      };
    } catch (SSLException e) {
      throw failed(e);
    }
  }

  /** Seals as much of {@code data} as the engine takes in one call. */
  boolean write(ByteBuffer data) throws SSLException {
    try {
      return wrap(data);
    } catch (SSLException e) {
      throw failed(e);
    }
  }

  String state() {
    return side
        + (failure == null ? "" : " failed (" + failure.getMessage() + "),")
        + (engine.isInboundDone() ? " closed for reading," : "")
        + (engine.isOutboundDone() ? " closed for writing," : "")
        + " is at "
        + engine.getHandshakeStatus()
        + " with "
        + unread()
        + " bytes unread";
  }

  private boolean runTask() {
    Runnable task = engine.getDelegatedTask();
    if (task == null) {
      return false;
    }
    task.run();
    return true;
  }

  private boolean wrap(ByteBuffer data) throws SSLException {
    HandshakeStatus before = engine.getHandshakeStatus();
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(data, out);
    while (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      out = larger(out);
      result = engine.wrap(data, out);
    }
    if (out.position() > 0) {
      sender.accept(Arrays.copyOf(out.array(), out.position()));
    }
    return progress(result, before);
  }

  private boolean read(int pieceLength) throws SSLException {
    if (engine.isInboundDone()) {
      return false;
    }
    return (arrived.hasRemaining() && unwrap()) || deliver(pieceLength);
  }

  private boolean unwrap() throws SSLException {
    HandshakeStatus before = engine.getHandshakeStatus();
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    SSLEngineResult result = engine.unwrap(arrived, out);
    while (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      out = larger(out);
      result = engine.unwrap(arrived, out);
    }
    plaintext.write(out.array(), 0, out.position());
    return progress(result, before);
  }

  private boolean deliver(int pieceLength) {
    int length = Math.min(pieceLength, onTheWay.remaining());
    byte[] piece = new byte[length];
    onTheWay.get(piece);
    arrived = joined(arrived, piece, length);
    return length > 0;
  }

  private boolean progress(SSLEngineResult result, HandshakeStatus before) {
    finished |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    return result.bytesConsumed() > 0
        || result.bytesProduced() > 0
        || engine.getHandshakeStatus() != before;
  }

  /** Lets the engine say why it gives up; that it complains again meanwhile is no news. */
  private SSLException failed(SSLException cause) {
    if (failure == null) {
      failure = cause;
    }
    try {
      for (int tries = 0; tries < 8 && asksToWrap(); tries++) {
        wrap(NOTHING);
      }
    } catch (SSLException _) {
      // The alert, if there is one, has left by now.
    }
    return cause;
  }

  private boolean asksToWrap() {
    return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private ByteBuffer larger(ByteBuffer full) {
    int length = 2 * full.capacity() + 1;
    if (length > LARGEST_BUFFER) {
      throw new AssertionError(
          side + " says BUFFER_OVERFLOW to a buffer of " + full.capacity() + " bytes");
    }
    return ByteBuffer.allocate(length).put(full.flip());
  }

  private static ByteBuffer joined(ByteBuffer first, byte[] second, int length) {
    ByteBuffer both = ByteBuffer.allocate(first.remaining() + length);
    return both.put(first).put(second, 0, length).flip();
  }
}
