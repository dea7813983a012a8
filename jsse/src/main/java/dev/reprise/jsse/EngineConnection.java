/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One TLS connection in the terms of {@link javax.net.ssl.SSLEngine}. Not thread-safe: the engine's
 * lock guards it.
 *
 * <p>How a failure is told: what {@code unwrap} meets it throws at once, and the alert waits for
 * the next {@code wrap}. A failed task is told the other way round: {@code wrap} first gives the
 * alert away and is asked for again, and only then throws. Callers send what a wrap has given them
 * but seldom wrap once more after an exception, so this way the peer hears why. (Tried with Netty
 * 4.2.20: its SslHandler sends the alert in both orders, since it wraps once more after an
 * exception; the JDK's order, exception first, leaves it to that.)
 */
final class EngineConnection {
  /** Who is told of the two ends that a handshake can have. */
  interface Observer {
    void handshakeFinished();

    void handshakeFailed(TlsException failure);
  }

  private final TlsConnection tls;
  private final boolean mayCreateSession;
  private final Observer observer;
  private boolean finished;
  private boolean failureObserved;
  private boolean failureThrown;
  private boolean inboundAbandoned;

  /**
   * @param mayCreateSession whether a full handshake is allowed, or a resumed one only
   */
  EngineConnection(TlsConnection tls, boolean mayCreateSession, Observer observer) {
    this.tls = tls;
    this.mayCreateSession = mayCreateSession;
    this.observer = observer;
  }

  TlsConnection tls() {
    return tls;
  }

  /** At most one record of {@code network}. */
  SSLEngineResult unwrap(ByteBuffer network, Buffers application) throws SSLException {
    throwFailureOnce();
    if (isInboundDone()) {
      return result(Status.CLOSED);
    }
    if (!finished && (status() != HandshakeStatus.NEED_UNWRAP)) {
      // First somebody has to wrap, or to run a task: the record may have to wait for it.
      return result(Status.OK);
    }
    int length;
    try {
      length = tls.recordLength(network);
    } catch (TlsException e) {
      throw told(SslExceptions.ofNoRecord(e));
    }
    try {
      if (length < 0 || network.remaining() < length) {
        return result(Status.BUFFER_UNDERFLOW);
      }
      int space = tls.applicationSpaceNeeded(network);
      return space > application.remaining()
          ? result(Status.BUFFER_OVERFLOW)
          : read(network, application, space);
    } catch (TlsException e) {
      throw thrown(e);
    }
  }

  private SSLEngineResult read(ByteBuffer network, Buffers application, int space)
      throws TlsException {
    int start = network.position();
    int written = decrypt(network, application, space);
    requireAllowedSession();
    Status status = isInboundDone() ? Status.CLOSED : Status.OK;
    return new SSLEngineResult(status, reached(), network.position() - start, written);
  }

  /** Straight into the first buffer, if there is room for the record in it. */
  private int decrypt(ByteBuffer network, Buffers application, int space) throws TlsException {
    ByteBuffer first = application.firstWith(space);
    if (first != null) {
      return tls.read(network, first);
    }
    ByteBuffer scratch = ByteBuffer.allocate(space);
    int written = tls.read(network, scratch);
    application.scatter(scratch.flip());
    return written;
  }

  /** What waits to be sent, and then at most one record of {@code application}. */
  SSLEngineResult wrap(Buffers application, ByteBuffer network) throws SSLException {
    if (!tls.hasPendingOutput()) {
      throwFailureOnce();
      if (isOutboundDone()) {
        // A task may have completed the handshake: to ask for a wrap again would have no end.
        return new SSLEngineResult(Status.CLOSED, reached(), 0, 0);
      }
      if (!finished) {
        return new SSLEngineResult(Status.OK, reached(), 0, 0);
      }
    }
    try {
      return write(application, network);
    } catch (TlsException e) {
      throw thrown(e);
    }
  }

  private SSLEngineResult write(Buffers application, ByteBuffer network) throws TlsException {
    long before = application.remaining();
    int written = writeOnce(application, network);
    if (written == 0 && (tls.hasPendingOutput() || before > 0) && !isOutboundDone()) {
      return result(Status.BUFFER_OVERFLOW);
    }
    // A message of the handshake, or a key update, has gone first.
    boolean untouched = application.remaining() == before;
    if (untouched && finished && before > 0 && !tls.isOutboundClosed()) {
      written += writeOnce(application, network);
    }
    int consumed = (int) (before - application.remaining());
    Status status = isOutboundDone() && failureWasThrown() ? Status.CLOSED : Status.OK;
    return new SSLEngineResult(status, reached(), consumed, written);
  }

  private int writeOnce(Buffers application, ByteBuffer network) throws TlsException {
    return tls.write(application.all(), application.offset(), application.count(), network);
  }

  /** Where the handshake stands, and FINISHED for the one call that completes it. */
  private HandshakeStatus reached() {
    if (finished || !tls.isConnected() || tls.hasPendingOutput() || tls.failure() != null) {
      return status();
    }
    finished = true;
    observer.handshakeFinished();
    return HandshakeStatus.FINISHED;
  }

  HandshakeStatus status() {
    if (tls.hasPendingOutput()) {
      return HandshakeStatus.NEED_WRAP;
    }
    if (!failureWasThrown()) {
      return HandshakeStatus.NEED_WRAP;
    }
    if (tls.failure() != null || (isInboundDone() && isOutboundDone())) {
      return HandshakeStatus.NOT_HANDSHAKING;
    }
    return switch (tls.needs()) {
      case WRITE -> HandshakeStatus.NEED_WRAP;
      case TASK -> HandshakeStatus.NEED_TASK;
      case READ -> HandshakeStatus.NEED_UNWRAP;
      // A task completed the handshake: the next wrap has no bytes to give, but says FINISHED.
      case NOTHING -> finished ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_WRAP;
    };
  }

  /** The next piece of work, or null. */
  @Nullable Task task() {
    return tls.task();
  }

  void complete(Task task) {
    tls.complete(task);
    try {
      requireAllowedSession();
    } catch (TlsException _) {
      // The connection remembers it, and so does the next call.
    }
    observeFailure();
  }

  /** {@link javax.net.ssl.SSLEngine#setEnableSessionCreation}. */
  private void requireAllowedSession() throws TlsException {
    if (!mayCreateSession
        && tls.failure() == null
        && tls.resumption() instanceof ResumptionOutcome.Full) {
      throw tls.abort(
          TlsException.incompatible(
              AlertDescription.HANDSHAKE_FAILURE, "No session is resumed, and none may be made"));
    }
  }

  void closeOutbound() {
    tls.closeOutbound();
  }

  /** The transport has ended. */
  void closeInbound() throws SSLException {
    if (isInboundDone()) {
      return;
    }
    inboundAbandoned = true;
    if (tls.isConnected()) {
      // Sending may go on, at least until close_notify is sent.
      tls.abandonInbound();
      throw new SSLException("The connection ended without the peer's close_notify");
    }
    throw thrown(tls.truncated());
  }

  boolean isInboundDone() {
    return inboundAbandoned || tls.isInboundClosed();
  }

  boolean isOutboundDone() {
    return tls.isOutboundClosed() && !tls.hasPendingOutput();
  }

  boolean isFinished() {
    return finished;
  }

  private SSLEngineResult result(Status status) {
    return new SSLEngineResult(status, status(), 0, 0);
  }

  private boolean failureWasThrown() {
    return tls.failure() == null || failureThrown;
  }

  private void throwFailureOnce() throws SSLException {
    TlsException failure = tls.failure();
    if (failure != null && !failureThrown) {
      throw thrown(failure);
    }
  }

  private SSLException thrown(TlsException failure) {
    return told(SslExceptions.of(failure));
  }

  private SSLException told(SSLException exception) {
    failureThrown = true;
    observeFailure();
    return exception;
  }

  private void observeFailure() {
    TlsException failure = tls.failure();
    if (failure != null && !failureObserved) {
      failureObserved = true;
      if (!finished) {
        observer.handshakeFailed(failure);
      }
    }
  }
}
