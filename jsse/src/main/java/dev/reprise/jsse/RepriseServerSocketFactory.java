/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.Defaults;
import dev.reprise.engine.crypto.CipherSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** The server sockets of one context. */
final class RepriseServerSocketFactory extends SSLServerSocketFactory {
  /** As many as {@link ServerSocket} has unless told. */
  private static final int DEFAULT_BACKLOG = 50;

  private final ContextConfig context;

  RepriseServerSocketFactory(ContextConfig context) {
    this.context = context;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return Names.of(context.defaults().of(false).cipherSuites, CipherSuite::standardName);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return Names.of(Defaults.CIPHER_SUITES, CipherSuite::standardName);
  }

  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new RepriseServerSocket(context);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return createServerSocket(port, DEFAULT_BACKLOG, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) throws IOException {
    return createServerSocket(port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address)
      throws IOException {
    RepriseServerSocket socket = new RepriseServerSocket(context);
    try {
      socket.bind(new InetSocketAddress(address, port), backlog);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
