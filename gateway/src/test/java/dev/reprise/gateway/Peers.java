/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import dev.reprise.jsse.ServerIdentity;
import dev.reprise.testkit.FreePorts;
import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Gateways on free ports, and clients of the JDK for them. */
final class Peers {
  /** Long enough for a loaded machine, short enough to fail before the test run gives up. */
  static final int PATIENCE_MILLIS = 60_000;

  static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

  /** One that nobody else is given meanwhile, for what ends and begins again, or never begins. */
  static HostPort freePort() throws IOException {
    return new HostPort("127.0.0.1", FreePorts.next());
  }

  private Peers() {}

  /** Free ports, and the testkit's server certificate. */
  static GatewayConfig.Builder config() {
    return GatewayConfig.builder()
        .listen(ANY_PORT)
        .admin(ANY_PORT)
        .identities(List.of(identity(TestCertificates.server(KeyKind.ECDSA_P256))));
  }

  static ServerIdentity identity(TestIdentity identity) {
    return new ServerIdentity(identity.key(), identity.chain());
  }

  static Gateway start(GatewayConfig.Builder config) throws Exception {
    return Gateway.start(config.build());
  }

  /** A TCP connection. */
  static Socket plain(HostPort address) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** A TLS connection that has shaken hands, in the given versions or in any. */
  static SSLSocket connect(Gateway gateway, String... protocols) throws Exception {
    SSLSocket socket = over(plain(gateway.address()), context(null), "server.example", protocols);
    socket.startHandshake();
    return socket;
  }

  /** Not yet shaken hands; closing it leaves {@code plain} open. */
  static SSLSocket over(Socket plain, SSLContext context, String serverName, String... protocols)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(plain, serverName, plain.getPort(), /* autoClose= */ true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(serverName)));
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** Trusts the testkit's authority, and shows the certificate of {@code client} if asked. */
  static SSLContext context(@Nullable TestIdentity client) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
    KeyManager @Nullable [] keys = client == null ? null : new KeyManager[] {new Stubborn(client)};
    context.init(keys, TestCertificates.trustManagers(), null);
    return context;
  }
}
