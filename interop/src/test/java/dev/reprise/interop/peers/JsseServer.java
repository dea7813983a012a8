/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.interop.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Provider;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server over the sockets of a JSSE provider, which answers each request with its body. */
final class JsseServer implements PeerServer {
  /** What gives away that a session was resumed, which JSSE has no word for. */
  enum Trace {
    /** Nobody asked for the private key. */
    NO_KEY,
    /** The session is as old as the one before. */
    SAME_AGE,
    /** The session has the ID of the one before. */
    SAME_ID
  }

  private final Setup setup;
  private final Trace trace;
  private final WatchedContext watched;
  private final ServerSocket listening;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  // What the one thread that serves has seen last.
  private byte[] idBefore = {};

  private long timeBefore;

  JsseServer(Provider provider, Setup setup, Trace trace) throws IOException {
    this.setup = setup;
    this.trace = trace;
    watched = WatchedContext.server(provider);
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  @Override
  public int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        answer(socket);
      } catch (IOException _) {
        // Closed, or cut off, as one of the trials wants.
      }
    }
  }

  private void answer(Socket plain) throws IOException {
    int asked = watched.keysAsked();
    SSLSocket socket =
        (SSLSocket)
            watched.context().getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    try (socket) {
      socket.setUseClientMode(false);
      setUp(socket);
      socket.startHandshake();
      Http.echo(socket.getInputStream(), socket.getOutputStream());
      told.add(
          new Told(
              switch (trace) {
                case NO_KEY -> watched.keysAsked() == asked;
                case SAME_AGE -> isTimeOfBefore(socket.getSession().getCreationTime());
                case SAME_ID -> isIdOfBefore(socket.getSession().getId());
              },
              setup.certificates() ? subject(socket) : null,
              setup.alpn() ? socket.getApplicationProtocol() : null));
    }
  }

  private boolean isIdOfBefore(byte[] id) {
    boolean same = id.length > 0 && Arrays.equals(id, idBefore);
    idBefore = id;
    return same;
  }

  private boolean isTimeOfBefore(long time) {
    boolean same = time == timeBefore;
    timeBefore = time;
    return same;
  }

  private void setUp(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {setup.version().jsseName()});
    parameters.setNeedClientAuth(setup.certificates());
    if (setup.retry()) {
      // Without the second Bouncy Castle does not sign with a key of that curve either.
      parameters.setNamedGroups(new String[] {"secp384r1", "secp256r1"});
    }
    if (setup.alpn()) {
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
    }
    socket.setSSLParameters(parameters);
  }

  private static String subject(SSLSocket socket) throws IOException {
    return socket.getSession().getPeerPrincipal().getName().replace("CN=", "");
  }

  @Override
  public byte[] exchange(Link link, byte[] body) throws IOException {
    return PeerServer.posted(link, body);
  }

  @Override
  public boolean letClose(Link link) throws IOException {
    PeerServer.posted(link, new byte[0]);
    return true;
  }

  @Override
  public Told told() {
    try {
      @Nullable Told next = told.poll(Program.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the server has not answered");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void cut() throws IOException {
    for (Socket each : sockets) {
      each.close();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
