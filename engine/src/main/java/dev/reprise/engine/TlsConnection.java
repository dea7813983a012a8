/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.handshake.Handshakes;
import dev.reprise.engine.handshake.Negotiation;
import dev.reprise.engine.record.AlertLevel;
import dev.reprise.engine.record.Received;
import dev.reprise.engine.record.RecordLimits;
import dev.reprise.engine.record.RecordReader;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One side of one TLS connection, sans-I/O. Whoever drives it moves bytes, runs the tasks it asks
 * for, and keeps calls apart: it is not thread-safe, but a {@link Task} runs outside of it.
 *
 * <p>A failure is thrown once by the call that met it and by every call after it; the alert that
 * tells the peer waits to be written all the same.
 */
public final class TlsConnection {
  /** Bytes of the longest record: what a buffer for the network must hold. */
  public static final int LONGEST_RECORD = RecordLimits.RECORD;

  /** Bytes that must be free for {@link #read}, whatever record comes. */
  public static final int LONGEST_APPLICATION_SPACE = RecordLimits.APPLICATION_SPACE;

  /** What has to happen next. */
  public enum Needs {
    /** Bytes of the peer. */
    READ,
    /** {@link #write}: something waits to be sent. */
    WRITE,
    /** {@link #task}: something has to be run. */
    TASK,
    /** Nothing; application data may flow. */
    NOTHING
  }

  private final HandshakeDriver driver;
  private final boolean client;
  private @Nullable TlsException failure;
  private boolean inboundClosed;
  private boolean outboundClosed;

  private TlsConnection(HandshakeDriver driver, boolean client) {
    this.driver = driver;
    this.client = client;
  }

  /** The server's side. */
  public static TlsConnection server(ServerConfig config) {
    HandshakeDriver driver = new HandshakeDriver(config.clock(), config.handshakeDeadline());
    driver.start(Handshakes.server(config, driver));
    return new TlsConnection(driver, false);
  }

  /** The client's side; its ClientHello waits to be written. */
  public static TlsConnection client(ClientConfig config) throws TlsException {
    HandshakeDriver driver = new HandshakeDriver(config.clock(), config.handshakeDeadline());
    try {
      driver.start(Handshakes.client(config, driver));
    } catch (TlsException e) {
      driver.wipe();
      throw e;
    } catch (RuntimeException | Error e) {
      driver.wipe();
      throw TlsException.internal("An unforeseen failure", e);
    }
    return new TlsConnection(driver, true);
  }

  /** What has to happen next. */
  public Needs needs() {
    if (driver.writer().hasPending()) {
      return Needs.WRITE;
    }
    if (failure != null || (outboundClosed && inboundClosed)) {
      return Needs.NOTHING;
    }
    if (driver.awaiting() != null) {
      return Needs.TASK;
    }
    return isConnected() ? Needs.NOTHING : Needs.READ;
  }

  public boolean isClient() {
    return client;
  }

  /**
   * The time that the handshake may take counts from now, and not from when the connection was
   * made: clients open connections long before they need them.
   */
  public void peerHasBegun() {
    driver.peerHasBegun();
  }

  /** Whether the handshake is complete. */
  public boolean isConnected() {
    return driver.info() != null;
  }

  /** What the handshake came to; null until it is complete. */
  public @Nullable ConnectionInfo info() {
    return driver.info();
  }

  /** What is agreed so far; null until something is. */
  public @Nullable Negotiation negotiation() {
    return driver.negotiation();
  }

  /** Whether and why a session is resumed; null until it is decided. */
  public @Nullable ResumptionOutcome resumption() {
    return driver.resumption();
  }

  /** Whether the peer has said that it sends no more, or the connection failed. */
  public boolean isInboundClosed() {
    return inboundClosed || failure != null;
  }

  /** Whether nothing will be sent any more but what waits to be written. */
  public boolean isOutboundClosed() {
    return outboundClosed || failure != null;
  }

  /** What ended the connection; null unless it failed. */
  public @Nullable TlsException failure() {
    return failure;
  }

  /** The length of the record at the start of {@code network}, or -1: more bytes are needed. */
  public int recordLength(ByteBuffer network) throws TlsException {
    throwIfFailed();
    try {
      return RecordReader.recordLength(network);
    } catch (TlsException e) {
      throw fail(e);
    }
  }

  /** How much room {@link #read} needs for the record at the start of {@code network}. */
  public int applicationSpaceNeeded(ByteBuffer network) throws TlsException {
    throwIfFailed();
    try {
      return driver.reader().applicationSpaceNeeded(network);
    } catch (TlsException e) {
      throw fail(e);
    }
  }

  /**
   * Takes the whole record at the start of {@code network}; application data goes to {@code
   * application}.
   *
   * @return the bytes of application data written
   */
  public int read(ByteBuffer network, ByteBuffer application) throws TlsException {
    throwIfFailed();
    if (inboundClosed) {
      // RFC 8446, Section 6.1: "Any data received after a closure alert has been received MUST be
      // ignored."
      network.position(network.position() + RecordReader.recordLength(network));
      return 0;
    }
    try {
      driver.requireInTime();
      return switch (driver.reader().read(network, application)) {
        case Received.ApplicationData(int length) -> {
          driver.applicationDataReceived(length);
          yield length;
        }
        case Received.Fragment fragment -> {
          fragment(fragment);
          yield 0;
        }
        case Received.Skipped _ -> 0;
      };
    } catch (TlsException e) {
      throw fail(e);
    } catch (RuntimeException | Error e) {
      throw fail(TlsException.internal("An unforeseen failure", e));
    }
  }

  private void fragment(Received.Fragment fragment) throws TlsException {
    switch (fragment.type()) {
      case HANDSHAKE -> driver.handshake(fragment.plaintext());
      case CHANGE_CIPHER_SPEC -> driver.changeCipherSpec();
      case ALERT -> alert(driver.alerts().read(fragment.plaintext(), driver));
      case APPLICATION_DATA ->
          throw TlsException.internal("Application data came as a fragment", null);
    }
  }

  private void alert(Alerts.Meaning meaning) throws TlsException {
    switch (meaning) {
      case IGNORE -> {}
      case CLOSE -> {
        inboundClosed = true;
        releaseKeys();
        if (!driver.isTls13()) {
          // RFC 5246, Section 7.2.1: "The other party MUST respond with a close_notify alert of
          // its own and close down the connection immediately".
          closeOutbound();
        }
      }
    }
  }

  /**
   * Writes what waits to be sent, or else one record of application data.
   *
   * @return the bytes written to {@code network}; 0 if it has too little room for a record, or if
   *     there is nothing to send
   */
  public int write(ByteBuffer[] application, int offset, int count, ByteBuffer network)
      throws TlsException {
    try {
      if (failure == null && isConnected() && !outboundClosed && !driver.writer().hasPending()) {
        renewKeysIfDue();
      }
      if (driver.writer().hasPending()) {
        int drained = driver.writer().drain(network);
        releaseKeys();
        return drained;
      }
      throwIfFailed();
      return isConnected() && !outboundClosed
          ? driver.writer().seal(application, offset, count, network)
          : 0;
    } catch (TlsException e) {
      throw fail(e);
    } catch (RuntimeException | Error e) {
      throw fail(TlsException.internal("An unforeseen failure", e));
    }
  }

  /**
   * RFC 9846, Section 5.5: "Implementations MUST either close the connection or do a key update"
   * before a key has protected all it may; TLS 1.2 knows no key update. Or the peer has asked for
   * new keys.
   */
  private void renewKeysIfDue() throws TlsException {
    boolean wornOut = driver.writer().needsKeyUpdate();
    if (!wornOut && !driver.owesKeyUpdate()) {
      return;
    }
    if (driver.isTls13()) {
      driver.updateKeys();
    } else {
      closeOutbound();
    }
  }

  /** Keys that have nothing left to protect are wiped. */
  private void releaseKeys() {
    if (isInboundClosed()) {
      driver.reader().close();
    }
    if (isOutboundClosed() && !driver.writer().hasPending()) {
      driver.writer().close();
    }
    if (isInboundClosed() && isOutboundClosed()) {
      driver.wipe();
    }
  }

  /**
   * From here on {@link #write} makes no record of more than {@code bytes}, header included, unless
   * that is too few for 64 bytes of content. What the peer sends is not bound by it.
   */
  public void longestRecord(int bytes) {
    driver.writer().longestRecord(bytes);
  }

  /** Whether something waits that {@link #write} sends before any application data. */
  public boolean hasPendingOutput() {
    return driver.writer().hasPending();
  }

  /** The length of the record that {@link #write} would write for that much application data. */
  public int nextRecordLength(int applicationLength) throws TlsException {
    return driver.writer().hasPending()
        ? driver.writer().nextRecordLength()
        : driver.writer().sealedLength(applicationLength);
  }

  /** The work that is waited for, once; null if none is, or it was given out already. */
  public @Nullable Task task() {
    return isInboundClosed() && isOutboundClosed() ? null : driver.task();
  }

  /** Goes on with what a task came to. A failure is thrown by the calls that follow. */
  public void complete(Task task) {
    if (isInboundClosed() && isOutboundClosed()) {
      // What a handshake that is over made from now on nobody would wipe.
      driver.discard(task);
      return;
    }
    try {
      driver.complete(task);
    } catch (TlsException e) {
      TlsException _ = fail(e);
    } catch (RuntimeException | Error e) {
      TlsException _ = fail(TlsException.internal("An unforeseen failure", e));
    }
  }

  /**
   * Moves on to new write keys, as RFC 8446, Section 4.6.3 allows at any time after the handshake.
   *
   * @throws IllegalStateException if the handshake is not complete, or the version is TLS 1.2
   */
  public void updateKeys() throws TlsException {
    throwIfFailed();
    if (!isConnected() || !driver.isTls13() || outboundClosed) {
      throw new IllegalStateException("Only an open connection of TLS 1.3 can update its keys");
    }
    try {
      driver.updateKeys();
    } catch (TlsException e) {
      throw fail(e);
    }
  }

  /**
   * Forgets what this connection left behind to resume from, wherever it is stored here. A sealed
   * ticket is not stored here, and lives on.
   */
  public void forgetSessions() {
    driver.forgetSessions();
  }

  /** Sends close_notify: no more is sent from here on. The peer may go on in TLS 1.3. */
  public void closeOutbound() {
    if (isOutboundClosed()) {
      return;
    }
    outboundClosed = true;
    if (!isConnected()) {
      driver.forgetSessions();
    }
    try {
      driver.writer().alert(AlertLevel.WARNING, AlertDescription.CLOSE_NOTIFY);
    } catch (TlsException e) {
      TlsException _ = fail(e);
    }
  }

  /**
   * Says that no more bytes will come, without close_notify: what was received may have been cut
   * off by anyone. The session is no worse for it: RFC 5246, Section 7.2.1: "failure to properly
   * close a connection no longer requires that a session not be resumed".
   */
  public TlsException truncated() {
    if (failure == null) {
      failure =
          TlsException.incompatible(
              AlertDescription.INTERNAL_ERROR, "The connection ended without close_notify");
      if (!isConnected()) {
        // Whoever cannot bear that a session is offered may simply hang up.
        driver.forgetSessions();
      }
      releaseKeys();
    }
    return failure;
  }

  /** Nothing more is read, although the peer may not have ended: what reading needs is wiped. */
  public void abandonInbound() {
    inboundClosed = true;
    releaseKeys();
  }

  /**
   * Ends the connection for a reason that only the caller knows; the peer is told the alert.
   *
   * @return what to throw: {@code reason}, or what ended the connection before
   */
  public TlsException abort(TlsException reason) {
    return fail(reason);
  }

  private void throwIfFailed() throws TlsException {
    if (failure != null) {
      throw failure;
    }
  }

  /** The one place where a failure becomes an alert. */
  private TlsException fail(TlsException e) {
    if (failure != null) {
      return failure;
    }
    failure = e;
    driver.forgetSessions();
    if (!(e.failure() instanceof TlsFailure.AlertReceived) && !outboundClosed) {
      try {
        driver.writer().alert(AlertLevel.FATAL, e.alert());
      } catch (TlsException suppressed) {
        e.addSuppressed(suppressed);
      }
    }
    releaseKeys();
    return e;
  }
}
