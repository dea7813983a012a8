/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.AlgorithmConstraints;
import java.security.CryptoPrimitive;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a trust manager that never sees the engine or socket cannot check: that the server is the
 * one meant, and that no algorithm is forbidden by its parameters or by the security properties.
 */
final class AdditionalTrust {
  private static final Set<CryptoPrimitive> SIGNATURE = EnumSet.of(CryptoPrimitive.SIGNATURE);

  private AdditionalTrust() {}

  static void check(
      List<X509Certificate> chain, Set<X509Certificate> trusted, Endpoint endpoint, boolean client)
      throws CertificateException {
    SSLParameters parameters = endpoint.parameters();
    String algorithm = parameters.getEndpointIdentificationAlgorithm();
    if (algorithm != null && !algorithm.isEmpty()) {
      checkEndpoint(chain.getFirst(), endpoint, algorithm, client);
    }
    AlgorithmConstraints constraints = parameters.getAlgorithmConstraints();
    if (constraints != null) {
      checkConstraints(chain, constraints);
    }
    CertificateRules.now().check(chain, trusted, client);
  }

  /** The name that was asked for, or else the host that was meant: as the JDK does it. */
  private static void checkEndpoint(
      X509Certificate leaf, Endpoint endpoint, String algorithm, boolean client)
      throws CertificateException {
    if (!isKnown(algorithm)) {
      throw new CertificateException("Unknown endpoint identification algorithm " + algorithm);
    }
    if (client) {
      throw new CertificateException("Clients have no endpoint to be identified by");
    }
    SSLSession session = endpoint.handshakeSession();
    String requested = session == null ? null : requestedName(session);
    String host = endpoint.peerHost();
    if ((requested == null || !EndpointNames.matches(leaf, requested))
        && (host == null || !EndpointNames.matches(leaf, host))) {
      throw new CertificateException(
          "The certificate is not for " + (requested == null ? host : requested));
    }
  }

  private static boolean isKnown(String algorithm) {
    String upper = algorithm.toUpperCase(Locale.ROOT);
    return upper.equals("HTTPS") || upper.equals("LDAP") || upper.equals("LDAPS");
  }

  private static @Nullable String requestedName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  private static void checkConstraints(
      List<X509Certificate> chain, AlgorithmConstraints constraints) throws CertificateException {
    for (X509Certificate certificate : chain) {
      if (!constraints.permits(SIGNATURE, certificate.getSigAlgName(), null)
          || !constraints.permits(SIGNATURE, certificate.getPublicKey())) {
        throw new CertificateException("The algorithm constraints forbid a certificate");
      }
    }
  }
}
