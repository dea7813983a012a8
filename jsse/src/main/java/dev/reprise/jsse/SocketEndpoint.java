/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** A socket, which drives its engine itself and keeps it to itself. */
record SocketEndpoint(ParameterizedSocket socket) implements Endpoint {
  @Override
  public SSLParameters parameters() {
    return socket.getSSLParameters();
  }

  @Override
  public @Nullable SSLSession handshakeSession() {
    return socket.getHandshakeSession();
  }

  @Override
  public @Nullable String peerHost() {
    return socket.engine().getPeerHost();
  }

  @Override
  public @Nullable String serverAlias(
      X509KeyManager manager, String keyType, Principal @Nullable [] issuers) {
    return manager.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public @Nullable String clientAlias(
      X509KeyManager manager, String[] keyTypes, Principal @Nullable [] issuers) {
    return manager.chooseClientAlias(keyTypes, issuers, socket);
  }

  @Override
  public void checkClient(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authenticationType)
      throws CertificateException {
    manager.checkClientTrusted(chain, authenticationType, socket);
  }

  @Override
  public void checkServer(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authenticationType)
      throws CertificateException {
    manager.checkServerTrusted(chain, authenticationType, socket);
  }

  @Override
  public @Nullable Function<List<String>, @Nullable String> protocolSelector() {
    BiFunction<SSLSocket, List<String>, String> selector =
        socket.getHandshakeApplicationProtocolSelector();
    return selector == null ? null : offered -> selector.apply(socket, offered);
  }
}
