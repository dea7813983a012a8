/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake is made for: an engine, or a socket. Managers and selectors of the application
 * are asked through it, as JSSE has a question for each of the two.
 */
interface Endpoint {
  SSLParameters parameters();

  /** What is agreed so far; null until something is. */
  @Nullable SSLSession handshakeSession();

  @Nullable String peerHost();

  @Nullable String serverAlias(
      X509KeyManager manager, String keyType, Principal @Nullable [] issuers);

  @Nullable String clientAlias(
      X509KeyManager manager, String[] keyTypes, Principal @Nullable [] issuers);

  void checkClient(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authenticationType)
      throws CertificateException;

  void checkServer(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authenticationType)
      throws CertificateException;

  /** Chooses among the protocols that a client offers; null if the application has no selector. */
  @Nullable Function<List<String>, @Nullable String> protocolSelector();
}
