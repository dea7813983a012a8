/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The sockets of one context. */
final class RepriseSocketFactory extends SSLSocketFactory {
  private final ContextConfig context;

  RepriseSocketFactory(ContextConfig context) {
    this.context = context;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return Names.of(context.defaults().of(true).cipherSuites, CipherSuite::standardName);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Names.of(Defaults.CIPHER_SUITES, CipherSuite::standardName);
  }

  @Override
  public Socket createSocket() {
    return new RepriseSocket(context);
  }

  @Override
  public Socket createSocket(@Nullable String host, int port) throws IOException {
    return connected(address(host, port), null);
  }

  @Override
  public Socket createSocket(
      @Nullable String host, int port, @Nullable InetAddress localAddress, int localPort)
      throws IOException {
    return connected(address(host, port), new InetSocketAddress(localAddress, localPort));
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return connected(new InetSocketAddress(address, port), null);
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, @Nullable InetAddress localAddress, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
  }

  @Override
  public Socket createSocket(Socket transport, @Nullable String host, int port, boolean autoClose)
      throws IOException {
    return RepriseSocket.layered(context, transport, autoClose, null, host, port);
  }

  /** For a server that has looked at the first bytes before it decided to speak TLS. */
  @Override
  public Socket createSocket(Socket transport, @Nullable InputStream consumed, boolean autoClose)
      throws IOException {
    Socket given = Objects.requireNonNull(transport, "the existing socket cannot be null");
    RepriseSocket socket =
        RepriseSocket.layered(context, given, autoClose, consumed, null, given.getPort());
    if (context.use() == ContextConfig.Use.EITHER) {
      socket.setUseClientMode(false);
    }
    return socket;
  }

  /** Null is this very machine, as {@link Socket#Socket(String, int)} has it. */
  private static InetSocketAddress address(@Nullable String host, int port) throws IOException {
    return host == null
        ? new InetSocketAddress(InetAddress.getByName(null), port)
        : new InetSocketAddress(host, port);
  }

  private Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local)
      throws IOException {
    RepriseSocket socket = new RepriseSocket(context);
    try {
      if (local != null) {
        socket.bind(local);
      }
      socket.connect(remote);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
