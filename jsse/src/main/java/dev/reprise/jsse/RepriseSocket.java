/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An {@link javax.net.ssl.SSLSocket}: an engine, a plain socket, and a connection of the two. */
final class RepriseSocket extends ParameterizedSocket implements SocketConnection.Owner {
  /** Whose the plain socket is. */
  enum Transport {
    OWN,
    /** The application's, to be closed with this one. */
    LAYERED,
    /** The application's, which goes on using it afterwards. */
    LENT
  }

  /** How long a lent socket waits for the peer's close_notify, unless it has a timeout. */
  private static final int LENT_CLOSE_MILLIS = 5_000;

  /**
   * How long a peer that is still sending has for each read, until it hears why we do not listen.
   */
  private static final int LINGER_MILLIS = 50;

  private final Transport kind;
  private final HandshakeListeners listeners = new HandshakeListeners();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean outputShutdown;
  private volatile boolean inputShutdown;
  private volatile @Nullable SocketConnection connection;

  /** Not connected yet. */
  RepriseSocket(ContextConfig context) {
    this(context, context.defaults(), new Socket(), Transport.OWN);
  }

  private RepriseSocket(
      ContextConfig context, EngineParameters parameters, Socket transport, Transport kind) {
    super(transport, context, parameters);
    this.kind = kind;
    if (context.use() == ContextConfig.Use.EITHER) {
      setUseClientMode(true);
    }
  }

  /** On top of a connected socket. */
  static RepriseSocket layered(
      ContextConfig context,
      Socket transport,
      boolean autoClose,
      @Nullable InputStream consumed,
      @Nullable String host,
      int port)
      throws IOException {
    if (!transport.isConnected()) {
      throw new SocketException("Underlying socket is not connected");
    }
    RepriseSocket socket =
        new RepriseSocket(
            context, context.defaults(), transport, autoClose ? Transport.LAYERED : Transport.LENT);
    socket.connected(host, port, consumed);
    return socket;
  }

  /** Accepted by a server socket. */
  static RepriseSocket accepted(
      ContextConfig context, EngineParameters parameters, Socket transport) throws IOException {
    RepriseSocket socket = new RepriseSocket(context, parameters, transport, Transport.OWN);
    socket.connected(null, transport.getPort(), null);
    return socket;
  }

  @Override
  public void bind(@Nullable SocketAddress address) throws IOException {
    if (kind != Transport.OWN) {
      throw new IOException("Underlying socket should already be connected");
    }
    transport().bind(address);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (kind != Transport.OWN) {
      throw new SocketException("Already connected");
    }
    if (closed.get()) {
      throw new SocketException("Socket is closed");
    }
    if (!(endpoint instanceof InetSocketAddress address)) {
      throw new SocketException("Cannot handle non-Inet socket addresses.");
    }
    transport().connect(address, timeout);
    connected(address.getHostString(), address.getPort(), null);
  }

  private void connected(@Nullable String host, int port, @Nullable InputStream consumed)
      throws IOException {
    InetAddress address = getInetAddress();
    boolean unnamed = host == null || host.isEmpty();
    String known = unnamed && address != null ? address.getHostAddress() : host;
    engine().meet(known, port < 0 || port > 0xffff ? getPort() : port);
    RecordInput input =
        new RecordInput(transport().getInputStream(), consumed, kind == Transport.LENT);
    RecordOutput output = new RecordOutput(engine(), transport().getOutputStream());
    connection = new SocketConnection(engine(), input, output, this);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    SocketConnection open = requireOpen();
    if (isInputShutdown()) {
      throw new SocketException("Socket input is already shutdown");
    }
    return new SocketInput(this, open);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    SocketConnection open = requireOpen();
    if (isOutputShutdown()) {
      throw new SocketException("Socket output is already shutdown");
    }
    return new SocketOutput(this, open);
  }

  private SocketConnection requireOpen() throws SocketException {
    if (isClosed()) {
      throw new SocketException("Socket is closed");
    }
    SocketConnection open = connection;
    if (open == null) {
      throw new SocketException("Socket is not connected");
    }
    return open;
  }

  /** The first one makes the handshake, any later one new keys (TLS 1.3 only). */
  @Override
  public void startHandshake() throws IOException {
    SocketConnection open = connection;
    if (open == null) {
      throw new SocketException("Socket is not connected");
    }
    if (isClosed() || open.hasFailed() || isInputShutdown() || isOutputShutdown()) {
      throw new SocketException("Socket has been closed or broken");
    }
    if (open.isFinished()) {
      open.handshakeAgain();
    } else {
      open.handshake();
    }
  }

  /** Makes the handshake if there was none; if that fails, a session that is good for nothing. */
  @Override
  public SSLSession getSession() {
    SocketConnection open = connection;
    if (open == null) {
      return engine().noSession();
    }
    try {
      if (!open.isFinished() && !isClosed() && !open.isHandshakingHere()) {
        open.handshake();
      }
    } catch (IOException _) {
      return engine().noSession();
    }
    return open.isFinished() ? engine().getSession() : engine().noSession();
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void handshakeCompleted() {
    listeners.tell(this, engine().getSession());
  }

  @Override
  public boolean isClosed() {
    return closed.get() || (kind == Transport.OWN && transport().isClosed());
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutdown || engine().isInboundDone();
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown || engine().isOutboundDone();
  }

  /** Sends close_notify; reading goes on. */
  @Override
  public void shutdownOutput() throws IOException {
    SocketConnection open = requireOpen();
    if (isOutputShutdown()) {
      return;
    }
    outputShutdown = true;
    boolean said = open.closeOutput(patience());
    if (kind != Transport.LENT) {
      transport().shutdownOutput();
    } else if (!said) {
      throw new SSLException("close_notify cannot be sent while another thread is writing");
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws SSLException if the peer has not said close_notify: what was received may be cut off
   */
  @Override
  public void shutdownInput() throws IOException {
    SocketConnection open = requireOpen();
    if (isInputShutdown()) {
      return;
    }
    inputShutdown = true;
    try {
      if (open.isFinished()) {
        engine().closeInbound();
      } else {
        open.abandonInput();
      }
    } finally {
      if (kind != Transport.LENT) {
        transport().shutdownInput();
      }
    }
  }

  /**
   * Says close_notify if that can be done in time, and closes the plain socket, which wakes whoever
   * is blocked in it. It never throws: as in the JDK's provider there is nothing left to be done.
   */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    SocketConnection open = connection;
    try {
      if (open != null) {
        sayGoodbye(open);
      }
    } catch (IOException _) {
      // The peer is gone.
    } finally {
      inputShutdown = true;
      outputShutdown = true;
      endTls();
      release();
    }
  }

  /** On a lent socket a writer that is still at it says close_notify when it comes to it. */
  private void endTls() {
    SocketConnection open = connection;
    if (open != null) {
      open.end(kind != Transport.LENT);
    }
  }

  private void sayGoodbye(SocketConnection open) throws IOException {
    boolean said = open.closeOutput(patience());
    if (kind == Transport.LENT && said && open.isFinished() && !engine().isInboundDone()) {
      awaitClose(open);
    }
  }

  /** TLS 1.2 answers close_notify; what comes after that answer belongs to the application. */
  private void awaitClose(SocketConnection open) throws IOException {
    if (!"TLSv1.2".equals(engine().getSession().getProtocol())) {
      return;
    }
    int timeout = getSoTimeout();
    setSoTimeout(timeout == 0 ? LENT_CLOSE_MILLIS : timeout);
    try {
      open.awaitClose();
    } finally {
      setSoTimeout(timeout);
    }
  }

  private long patience() throws SocketException {
    int linger = transport().isClosed() ? 0 : getSoLinger();
    return linger < 0 ? SocketConnection.PATIENCE_MILLIS : linger * 1_000L;
  }

  @Override
  public void connectionFailed() {
    closed.set(true);
    endTls();
    try {
      if (kind != Transport.LENT && !transport().isClosed()) {
        transport().shutdownOutput();
        transport().setSoTimeout(LINGER_MILLIS);
        discardInput(true);
      }
    } catch (IOException _) {
      // The peer did not wait for what we had to say.
    } finally {
      release();
    }
  }

  private void release() {
    if (kind == Transport.LENT) {
      return;
    }
    try (Socket ending = transport()) {
      if (ending.isConnected() && !ending.isClosed()) {
        discardInput(false);
      }
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  /** Bytes that are not read have the system send a reset, which can overtake our last record. */
  private void discardInput(boolean waiting) throws IOException {
    SocketConnection open = connection;
    if (open != null) {
      open.discardInput(waiting);
    }
  }

  @Override
  public String toString() {
    return "RepriseSocket["
        + engine().getPeerHost()
        + ":"
        + getPort()
        + ", "
        + engine().getSession()
        + "]";
  }
}
