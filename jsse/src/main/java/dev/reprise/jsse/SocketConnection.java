/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.TlsConnection;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Drives an engine over blocking streams, on the threads of its callers. One may read while another
 * writes; whoever comes first makes the handshake, and the others wait for it. Locks are taken in
 * the order handshake, input, output.
 */
final class SocketConnection {
  /** Whom the connection belongs to. */
  interface Owner {
    void handshakeCompleted();

    /** Nothing can be read or written any more. */
    void connectionFailed();
  }

  /**
   * How long the last words of a connection wait for a thread that is just writing. Unless the peer
   * has stopped reading, a record is written in less.
   */
  static final long PATIENCE_MILLIS = 1_000;

  private static final int USUAL_CAPACITY = 4096;

  private final RepriseEngine engine;
  private final RecordInput input;
  private final RecordOutput output;
  private final Owner owner;
  private final ReentrantLock handshakeLock = new ReentrantLock();
  private final ReentrantLock inputLock = new ReentrantLock();
  private ByteBuffer plain = ByteBuffer.allocate(0);
  private volatile boolean finished;
  private volatile boolean ended;
  private volatile @Nullable IOException failure;

  SocketConnection(RepriseEngine engine, RecordInput input, RecordOutput output, Owner owner) {
    this.engine = engine;
    this.input = input;
    this.output = output;
    this.owner = owner;
  }

  boolean isFinished() {
    return finished;
  }

  boolean hasFailed() {
    return failure != null;
  }

  boolean isHandshakingHere() {
    return handshakeLock.isHeldByCurrentThread();
  }

  /** Makes the handshake, or goes on with one that was interrupted by a timeout. */
  void handshake() throws IOException {
    if (finished) {
      return;
    }
    handshakeLock.lock();
    try {
      throwIfFailed();
      if (!finished) {
        complete();
        finished = true;
        owner.handshakeCompleted();
        sendTickets();
      }
    } finally {
      handshakeLock.unlock();
    }
  }

  private void complete() throws IOException {
    try {
      engine.beginHandshake();
      while (!engine.isFinished()) {
        step();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A store may have to be waited for before a server's tickets leave. Nobody waits for them. */
  private void sendTickets() throws IOException {
    try {
      goOn();
    } catch (SSLException e) {
      throw failed(e);
    } catch (IOException _) {
      // The handshake is complete, and the peer may have said something before it went.
    }
  }

  private void step() throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> runTasks();
      case NEED_WRAP -> output.sendPending();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        if (!receiveLocked()) {
          throw endedInHandshake();
        }
      }
      case NOT_HANDSHAKING, FINISHED -> throw new SocketException("Socket is closed");
    }
  }

  private boolean receiveLocked() throws IOException {
    inputLock.lock();
    try {
      return receive();
    } finally {
      inputLock.unlock();
    }
  }

  /** New keys in TLS 1.3; TLS 1.2 would renegotiate, and refuses. */
  void handshakeAgain() throws IOException {
    engine.beginHandshake();
    output.sendPending();
  }

  /** As {@link java.io.InputStream#read(byte[], int, int)}, for at least one byte. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    handshake();
    inputLock.lock();
    try {
      while (!plain.hasRemaining()) {
        if (!receiveOrFail()) {
          return -1;
        }
      }
      int count = Math.min(length, plain.remaining());
      plain.get(bytes, offset, count);
      return count;
    } finally {
      inputLock.unlock();
    }
  }

  private boolean receiveOrFail() throws IOException {
    throwIfFailed();
    try {
      return receive();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Bytes that can be read without waiting, or for another reader. */
  int available() {
    if (!inputLock.tryLock()) {
      return 0;
    }
    try {
      return plain.remaining();
    } finally {
      inputLock.unlock();
    }
  }

  /** All of it is sent when this returns. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    handshake();
    throwIfFailed();
    try {
      output.send(ByteBuffer.wrap(bytes, offset, length));
    } catch (SSLException e) {
      throw failed(e);
    } catch (IOException e) {
      throwIfFailed();
      // The peer may have said why before it went: that can still be read.
      throw e;
    }
  }

  /**
   * Says close_notify.
   *
   * @return false if it could not be sent in time, as somebody else is stuck in sending
   */
  boolean closeOutput(long millis) throws IOException {
    engine.closeOutbound();
    return output.sendPendingWithin(millis);
  }

  /** Reads and drops what comes until the peer says close_notify, or the stream ends. */
  void awaitClose() throws IOException {
    if (!inputLock.tryLock()) {
      return;
    }
    try {
      while (receive()) {
        plain.clear().flip();
      }
    } finally {
      inputLock.unlock();
    }
  }

  /**
   * Drops bytes that came too late, unless somebody else is just reading them.
   *
   * @param waiting whether more of them are waited for
   */
  void discardInput(boolean waiting) throws IOException {
    if (!inputLock.tryLock()) {
      return;
    }
    try {
      input.discard(waiting);
    } finally {
      inputLock.unlock();
    }
  }

  /**
   * Takes one record.
   *
   * @return false if no more will come
   */
  private boolean receive() throws IOException {
    while (!engine.isInboundDone()) {
      SSLEngineResult result = unwrap();
      switch (result.getStatus()) {
        case OK -> {
          goOn();
          return true;
        }
        case BUFFER_OVERFLOW -> plain = ByteBuffer.allocate(roomFor(plain.capacity())).flip();
        case BUFFER_UNDERFLOW -> {
          if (!input.fill()) {
            endOfStream();
          }
        }
        case CLOSED -> {
          answerClose();
          return endOfInput();
        }
      }
    }
    return endOfInput();
  }

  /**
   * RFC 5246, Section 7.2.1: "It is not required for the initiator of the close to wait for the
   * responding close_notify alert before closing the read side of the connection." So who is gone
   * by then has closed in order all the same.
   */
  private void answerClose() throws SSLException {
    try {
      output.sendPendingIfFree();
    } catch (SSLException e) {
      throw e;
    } catch (IOException _) {
      // Nothing can be sent any more, and whoever tries is told.
    }
  }

  /** Of a connection that was ended here nobody has said that its data was complete. */
  private boolean endOfInput() throws SocketException {
    if (ended) {
      throw new SocketException("Socket is closed");
    }
    return false;
  }

  private static int roomFor(int tooLittle) {
    return tooLittle < USUAL_CAPACITY ? USUAL_CAPACITY : TlsConnection.LONGEST_APPLICATION_SPACE;
  }

  private SSLEngineResult unwrap() throws SSLException {
    plain.clear();
    try {
      return engine.unwrap(input.arrived(), plain);
    } finally {
      plain.flip();
    }
  }

  /** What a record after the handshake leads to: a ticket to be stored, an answer, close_notify. */
  private void goOn() throws IOException {
    if (finished) {
      runTasks();
      output.sendPendingIfFree();
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask(); task != null; ) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  /**
   * The stream ended without close_notify: anyone may have cut it off. As in the JDK's provider
   * that is an end like any other, unless the property says otherwise; what is sent in HTTP or SMTP
   * says itself where it ends, and many peers do not bother to close in order.
   */
  private void endOfStream() throws IOException {
    if (!finished) {
      throw endedInHandshake();
    }
    if (Boolean.getBoolean("com.sun.net.ssl.requireCloseNotify")) {
      SSLException failure = new SSLProtocolException("Remote host terminated the connection");
      failure.initCause(new EOFException("The stream ended without close_notify"));
      throw failure;
    }
    abandonInput();
  }

  private SSLException endedInHandshake() {
    SSLException failure = new SSLHandshakeException("Remote host terminated the handshake");
    failure.initCause(new EOFException("The stream ended within the handshake"));
    return failure;
  }

  /** Nothing more is read. */
  void abandonInput() {
    try {
      engine.closeInbound();
    } catch (SSLException _) {
      // Known: there was no close_notify.
    }
  }

  /**
   * Nothing more is read or said, whoever is still at it: all keys are wiped.
   *
   * @param unsent whether what waits to be sent will never be
   */
  void end(boolean unsent) {
    ended = true;
    engine.closeOutbound();
    abandonInput();
    if (unsent) {
      output.dropPending();
    }
  }

  /**
   * A timeout of a read does no harm. All else ends the connection, and the peer is told if it can
   * be: of a record that was half written, nobody waits for an answer.
   */
  private IOException failed(IOException e) {
    if ((e instanceof InterruptedIOException && !output.isBroken()) || failure != null) {
      return e;
    }
    failure = e;
    abandonInput();
    try {
      boolean _ = output.sendPendingWithin(PATIENCE_MILLIS);
    } catch (IOException suppressed) {
      if (!suppressed.equals(e)) {
        e.addSuppressed(suppressed);
      }
    }
    owner.connectionFailed();
    return e;
  }

  private void throwIfFailed() throws SSLException {
    IOException failed = failure;
    if (failed != null) {
      throw new SSLException("Connection has closed: " + failed, failed);
    }
  }
}
