/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.handshake.Negotiation;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An {@link javax.net.ssl.SSLEngine}. Its monitor is its lock: any thread may call anything, and
 * delegated tasks hold it only once their work is done.
 */
final class RepriseEngine extends ParameterizedEngine implements EngineConnection.Observer {
  /** Which side an engine is. */
  private enum Mode {
    UNKNOWN,
    CLIENT,
    SERVER
  }

  private final ContextConfig context;
  private final Endpoint endpoint;
  private Mode mode;
  private boolean closedBeforeBegin;
  private @Nullable EngineHandshake handshake;
  private @Nullable EngineConnection connection;
  private @Nullable RepriseSession session;
  private @Nullable Instant begun;
  private @Nullable HandshakeRecording recording;
  private @Nullable UnfinishedSession nothingAgreed;

  RepriseEngine(ContextConfig context, @Nullable String peerHost, int peerPort) {
    this(context, context.defaults(), peerHost, peerPort, null);
  }

  /**
   * For a socket.
   *
   * @param socket what managers are shown in place of the engine; null: the engine
   */
  RepriseEngine(
      ContextConfig context,
      EngineParameters parameters,
      @Nullable String peerHost,
      int peerPort,
      @Nullable Endpoint socket) {
    super(peerHost, peerPort, parameters);
    this.context = context;
    this.endpoint = socket == null ? new EngineEndpoint(this) : socket;
    this.mode =
        switch (context.use()) {
          case EITHER -> Mode.UNKNOWN;
          case CLIENT -> Mode.CLIENT;
          case SERVER -> Mode.SERVER;
        };
  }

  @Override
  public synchronized void setUseClientMode(boolean client) {
    Mode wanted = client ? Mode.CLIENT : Mode.SERVER;
    if (connection != null) {
      throw new IllegalArgumentException("The side cannot change once the handshake has begun");
    }
    if (context.use() != ContextConfig.Use.EITHER && wanted != mode) {
      throw new IllegalArgumentException(
          "This context is for " + (client ? "servers" : "clients") + " only");
    }
    mode = wanted;
    adopt(client);
  }

  @Override
  public synchronized boolean getUseClientMode() {
    return mode == Mode.CLIENT;
  }

  /**
   * Begins the handshake. Once it is complete this asks for new keys in TLS 1.3; TLS 1.2 would
   * renegotiate, which is refused.
   */
  @Override
  public synchronized void beginHandshake() throws SSLException {
    requireMode();
    EngineConnection begunBefore = connection;
    if (begunBefore == null) {
      if (closedBeforeBegin) {
        throw new SSLException("The engine is closed");
      }
      EngineConnection _ = begin();
    } else if (begunBefore.isFinished()) {
      updateKeys(begunBefore.tls());
    } else if (begunBefore.tls().failure() != null) {
      throw new SSLException("The engine is closed");
    }
  }

  private static void updateKeys(TlsConnection tls) throws SSLException {
    ConnectionInfo info = tls.info();
    if (info == null || info.version() != ProtocolVersion.TLS13) {
      throw new SSLException("Renegotiation is not supported");
    }
    if (tls.isInboundClosed() || tls.isOutboundClosed()) {
      throw new SSLException("The engine is closed");
    }
    try {
      tls.updateKeys();
    } catch (TlsException e) {
      throw SslExceptions.of(e);
    }
  }

  @Override
  public synchronized SSLEngineResult wrap(
      ByteBuffer @Nullable [] sources, int offset, int count, @Nullable ByteBuffer destination)
      throws SSLException {
    requireMode();
    Buffers application = Buffers.sources(sources, offset, count);
    ByteBuffer network = Buffers.requirePresent(destination);
    Buffers.requireWritable(network);
    return closedBeforeBegin ? closed() : begin().wrap(application, network);
  }

  @Override
  public synchronized SSLEngineResult unwrap(
      @Nullable ByteBuffer source, ByteBuffer @Nullable [] destinations, int offset, int count)
      throws SSLException {
    requireMode();
    Buffers application = Buffers.destinations(destinations, offset, count);
    ByteBuffer network = Buffers.requirePresent(source);
    if (closedBeforeBegin) {
      return closed();
    }
    EngineConnection current = begin();
    if (begun == null && network.hasRemaining()) {
      clockStarts();
      current.tls().peerHasBegun();
    }
    return current.unwrap(network, application);
  }

  @Override
  synchronized void sendRecordsOfAtMost(int bytes) {
    EngineConnection known = connection;
    if (known != null) {
      known.tls().longestRecord(bytes);
    }
  }

  /** Whether the handshake is complete, and its last bytes were given away. */
  synchronized boolean isFinished() {
    return connection != null && connection.isFinished();
  }

  /** What the connection left behind to resume from is forgotten here. */
  synchronized void forgetSessions() {
    EngineConnection known = connection;
    if (known != null) {
      known.tls().forgetSessions();
    }
  }

  /**
   * Where sessions are looked for and left.
   *
   * @throws IllegalStateException once the handshake has begun
   */
  synchronized void useSessionsOf(String partition, @Nullable ClientSessionKey other) {
    if (connection != null || closedBeforeBegin) {
      throw new IllegalStateException("The handshake has begun: it is too late to say that");
    }
    sessionsOf(partition, other);
  }

  /** Null if no sessions are kept. */
  synchronized @Nullable ClientSessionKey sessionKey() {
    EngineHandshake known = handshake;
    return known != null
        ? known.sessionKey()
        : SessionKeys.of(context.clientSessions(), parameters(), getPeerHost(), getPeerPort());
  }

  ContextConfig context() {
    return context;
  }

  private EngineConnection begin() throws SSLException {
    EngineConnection begunBefore = connection;
    if (begunBefore != null) {
      return begunBefore;
    }
    boolean client = getUseClientMode();
    if (client) {
      clockStarts();
    }
    try {
      EngineParameters now = parameters();
      EngineHandshake next = new EngineHandshake(context, now, this, endpoint);
      EngineConnection first =
          new EngineConnection(next.connect(client), getEnableSessionCreation(), this);
      first.tls().longestRecord(now.longestRecord());
      handshake = next;
      connection = first;
      return first;
    } catch (TlsException e) {
      throw refused(e);
    } catch (RuntimeException | Error e) {
      // The application's constraints, for one, are asked here.
      throw refused(TlsException.internal("The handshake cannot begin", e));
    }
  }

  private void clockStarts() {
    begun = context.clock().instant();
    recording = HandshakeRecording.begin(getUseClientMode(), context.clock());
  }

  private SSLException refused(TlsException reason) {
    closedBeforeBegin = true;
    handshakeFailed(reason);
    return SslExceptions.of(reason);
  }

  /**
   * One task does all the work that follows upon its own, so that a handshake goes to another
   * thread once and not for every piece.
   */
  @Override
  public synchronized @Nullable Runnable getDelegatedTask() {
    EngineConnection current = connection;
    Task first = current == null ? null : current.task();
    HandshakeRecording recorded = recording;
    return first == null || current == null ? null : () -> run(current, first, recorded);
  }

  private void run(EngineConnection current, Task first, @Nullable HandshakeRecording recorded) {
    @Nullable Task task = first;
    while (task != null) {
      try {
        HandshakeRecording.run(recorded, task);
      } finally {
        task = complete(current, task);
      }
    }
  }

  private synchronized @Nullable Task complete(EngineConnection current, Task done) {
    current.complete(done);
    return current.task();
  }

  @Override
  public synchronized void closeInbound() throws SSLException {
    if (connection == null) {
      closedBeforeBegin = true;
    } else {
      connection.closeInbound();
    }
  }

  @Override
  public synchronized boolean isInboundDone() {
    return connection == null ? closedBeforeBegin : connection.isInboundDone();
  }

  @Override
  public synchronized void closeOutbound() {
    if (connection == null) {
      closedBeforeBegin = true;
    } else {
      connection.closeOutbound();
    }
  }

  @Override
  public synchronized boolean isOutboundDone() {
    return connection == null ? closedBeforeBegin : connection.isOutboundDone();
  }

  @Override
  public synchronized HandshakeStatus getHandshakeStatus() {
    return connection == null ? HandshakeStatus.NOT_HANDSHAKING : connection.status();
  }

  @Override
  public synchronized SSLSession getSession() {
    RepriseSession established = session();
    return established == null ? nothingAgreed() : established;
  }

  private UnfinishedSession nothingAgreed() {
    UnfinishedSession known = nothingAgreed;
    if (known == null) {
      known = newSession();
      nothingAgreed = known;
    }
    return known;
  }

  /** What a socket has whose handshake failed. */
  SSLSession noSession() {
    UnfinishedSession nothing = newSession();
    nothing.invalidate();
    return nothing;
  }

  private UnfinishedSession newSession() {
    return new UnfinishedSession(
        UnfinishedSession.Agreed.NOTHING,
        getPeerHost(),
        getPeerPort(),
        context.clock().millis(),
        new BoundValues());
  }

  /** Null before anything is agreed and after the handshake. */
  @Override
  public synchronized @Nullable SSLSession getHandshakeSession() {
    if (connection == null || handshake == null || connection.tls().isConnected()) {
      return null;
    }
    Negotiation known = connection.tls().negotiation();
    return known == null ? null : handshake.session(known, getUseClientMode());
  }

  @Override
  public synchronized @Nullable String getApplicationProtocol() {
    ConnectionInfo info = connection == null ? null : connection.tls().info();
    if (info == null) {
      return null;
    }
    return info.applicationProtocol() == null ? "" : info.applicationProtocol();
  }

  /** Null as long as it is open, which on the client's side is the whole handshake. */
  @Override
  public synchronized @Nullable String getHandshakeApplicationProtocol() {
    if (connection == null || handshake == null || connection.tls().isConnected()) {
      return null;
    }
    return handshake.applicationProtocol();
  }

  @Override
  public void handshakeFinished() {
    RepriseSession established = session();
    if (established != null && connection != null) {
      ConnectionInfo info = connection.tls().info();
      if (recording != null && info != null) {
        recording.finished(info);
      }
      tell(
          new HandshakeEvent(
              established,
              info == null ? null : info.version(),
              established.resumptionOutcome(),
              null,
              elapsed()));
    }
  }

  @Override
  public void handshakeFailed(TlsException failure) {
    TlsConnection tls = connection == null ? null : connection.tls();
    Negotiation known = tls == null ? null : tls.negotiation();
    if (recording != null) {
      recording.failed(tls, failure);
    }
    tell(
        new HandshakeEvent(
            null,
            known == null ? null : known.version(),
            tls == null ? null : tls.resumption(),
            failure.alert(),
            elapsed()));
  }

  private void tell(HandshakeEvent event) {
    try {
      context.listener().onHandshake(event);
    } catch (RuntimeException | Error e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private Duration elapsed() {
    Instant from = begun;
    Duration elapsed =
        from == null ? Duration.ZERO : Duration.between(from, context.clock().instant());
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  private @Nullable RepriseSession session() {
    if (session == null && connection != null && handshake != null) {
      ConnectionInfo info = connection.tls().info();
      session = info == null ? null : handshake.finished(info, getUseClientMode());
    }
    return session;
  }

  private void requireMode() {
    if (mode == Mode.UNKNOWN) {
      throw new IllegalStateException("setUseClientMode has not been called");
    }
  }

  private static SSLEngineResult closed() {
    return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
  }
}
