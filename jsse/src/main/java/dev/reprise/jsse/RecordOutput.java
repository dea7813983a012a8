/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an engine wraps. Its lock is held from the wrapping to the last byte of it, since
 * records must go out in the order in which they were numbered.
 */
final class RecordOutput {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int USUAL_CAPACITY = 4096;

  private final RepriseEngine engine;
  private final OutputStream stream;
  private final ReentrantLock lock = new ReentrantLock();
  private ByteBuffer sealed = ByteBuffer.allocate(0);
  private volatile @Nullable IOException failure;

  RecordOutput(RepriseEngine engine, OutputStream stream) {
    this.engine = engine;
    this.stream = stream;
  }

  /** Sends application data, in as many records as it needs. */
  void send(ByteBuffer application) throws IOException {
    lock.lock();
    try {
      while (application.hasRemaining()) {
        if (wrap(application).getStatus() == Status.CLOSED) {
          throw new SocketException("The output is closed");
        }
      }
      stream.flush();
    } finally {
      lock.unlock();
    }
    sendPendingIfFree();
  }

  /** Sends what the engine has to say of its own. */
  void sendPending() throws IOException {
    lock.lock();
    try {
      requireIntact();
      drain();
    } finally {
      lock.unlock();
    }
    sendPendingIfFree();
  }

  /** The same, but leaves it to whoever is just sending, and perhaps blocked in it. */
  void sendPendingIfFree() throws IOException {
    while (isPending() && lock.tryLock()) {
      try {
        drain();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * The same, but waits for somebody else's sending no longer than told.
   *
   * @return false if that was too short
   */
  boolean sendPendingWithin(long millis) throws IOException {
    try {
      if (!lock.tryLock() && !lock.tryLock(millis, TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      drain();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The engine wipes its key behind what it has given away last, sent or not. */
  void dropPending() {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        ByteBuffer nowhere = ByteBuffer.allocate(TlsConnection.LONGEST_RECORD);
        SSLEngineResult _ = engine.wrap(NOTHING.duplicate(), nowhere);
      }
    } catch (SSLException _) {
      // It has failed, and nothing waits any more.
    }
  }

  private boolean isPending() {
    return failure == null && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private void drain() throws IOException {
    boolean sent = false;
    while (isPending()) {
      SSLEngineResult _ = wrap(NOTHING.duplicate());
      sent = true;
    }
    if (sent) {
      stream.flush();
    }
  }

  private SSLEngineResult wrap(ByteBuffer application) throws IOException {
    requireIntact();
    while (true) {
      SSLEngineResult result = engine.wrap(application, sealed.clear());
      if (result.getStatus() != Status.BUFFER_OVERFLOW) {
        write();
        return result;
      }
      boolean small =
          sealed.capacity() < USUAL_CAPACITY && application.remaining() < USUAL_CAPACITY / 2;
      sealed = ByteBuffer.allocate(small ? USUAL_CAPACITY : TlsConnection.LONGEST_RECORD);
    }
  }

  /** Whether nothing can be sent any more. */
  boolean isBroken() {
    return failure != null;
  }

  private void requireIntact() throws SocketException {
    IOException failed = failure;
    if (failed != null) {
      throw new SocketException("The output has failed: " + failed.getMessage());
    }
  }

  /** Who is stopped in the middle of a record cannot go on: nobody knows how far it came. */
  private void write() throws IOException {
    if (sealed.position() == 0) {
      return;
    }
    try {
      stream.write(sealed.array(), 0, sealed.position());
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
