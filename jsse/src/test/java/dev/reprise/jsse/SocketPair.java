/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Two TLS sockets that are connected by the loopback interface. */
record SocketPair(SSLSocket client, SSLSocket server) implements AutoCloseable {
  private static final ExecutorService OTHERS = Executors.newVirtualThreadPerTaskExecutor();

  /** Whose socket stands at each end, and the version they speak. */
  record Case(boolean ourClient, boolean ourServer, String version) {
    SSLContext clientContext() {
      return clientContext(null);
    }

    SSLContext clientContext(@Nullable TestIdentity identity) {
      return ourClient ? Contexts.provided(identity) : Contexts.sun(identity);
    }

    SSLContext serverContext() {
      return ourServer ? Contexts.provided(Contexts.SERVER) : Contexts.sun(Contexts.SERVER);
    }

    boolean isTls13() {
      return version.equals(Contexts.TLS13);
    }

    SocketPair pair() throws IOException {
      return SocketPair.of(clientContext(), serverContext(), version);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Contexts.TLS13, Contexts.TLS12)
        .flatMap(version ->
            Stream.of(
                new Case(true, true, version),
                new Case(true, false, version),
                new Case(false, true, version),
                new Case(false, false, version)));
  }

  static SocketPair of(SSLContext client, SSLContext server, String version) throws IOException {
    try (SSLServerSocket listening = listen(server)) {
      SSLSocket connected = connect(client, listening.getLocalPort(), version);
      return new SocketPair(connected, (SSLSocket) listening.accept());
    }
  }

  static SSLServerSocket listen(SSLContext server) throws IOException {
    return (SSLServerSocket)
        server.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static SSLSocket connect(SSLContext client, int port, String version) throws IOException {
    SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  /** Over plain sockets that the test can get at: the client's, and the server's. */
  static SocketPair layered(Case each, Socket client, Socket server, boolean autoClose)
      throws IOException {
    SSLSocket first =
        (SSLSocket)
            each.clientContext()
                .getSocketFactory()
                .createSocket(client, Contexts.HOST, 443, autoClose);
    first.setEnabledProtocols(new String[] {each.version()});
    SSLSocket second =
        (SSLSocket) each.serverContext().getSocketFactory().createSocket(server, null, autoClose);
    return new SocketPair(first, second);
  }

  SocketPair handshake() throws Exception {
    Future<?> other = startServer();
    client.startHandshake();
    await(other);
    return this;
  }

  Future<?> startServer() {
    return elsewhere(() -> {
      server.startHandshake();
      return null;
    });
  }

  /** On another thread. */
  static <T> Future<T> elsewhere(Callable<T> work) {
    return OTHERS.submit(work);
  }

  /** What came of it; its exception if it threw one. */
  static <T> T await(Future<T> work) throws Exception {
    try {
      return work.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new AssertionError("it hangs", e);
    }
  }

  /** The exception that it throws. */
  static Throwable failure(Future<?> work) throws Exception {
    try {
      Object result = work.get(20, TimeUnit.SECONDS);
      throw new AssertionError("it came to " + result);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("it hangs", e);
    }
  }

  static byte[] exchange(SSLSocket from, SSLSocket to, byte[] data) throws Exception {
    Future<?> sent =
        elsewhere(() -> {
          from.getOutputStream().write(data);
          return null;
        });
    byte[] received = to.getInputStream().readNBytes(data.length);
    await(sent);
    return received;
  }

  @Override
  public void close() throws IOException {
    Future<?> other =
        elsewhere(() -> {
          server.close();
          return null;
        });
    client.close();
    try {
      await(other);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
