/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.PeerTrust;
import dev.reprise.engine.wire.Opaque;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The trust manager of a context. Its issuers are read whenever a handshake asks for them, since it
 * may reload them; what is made of them is kept as long as they are the same objects.
 */
final class Trust {
  private final X509TrustManager manager;
  private volatile @Nullable Issuers issuers;

  Trust(X509TrustManager manager) {
    this.manager = manager;
  }

  /** Trusts nobody: for contexts that were given no trust manager at all. */
  static Trust nobody() {
    return new Trust(new NobodyTrusted());
  }

  /** For the server's side of {@code endpoint}: judges clients. */
  PeerTrust inClients(Endpoint endpoint) {
    return new Decision(endpoint, true);
  }

  /** For the client's side of {@code endpoint}: judges servers. */
  PeerTrust inServers(Endpoint endpoint) {
    return new Decision(endpoint, false);
  }

  private Issuers issuers() {
    X509Certificate[] accepted = manager.getAcceptedIssuers();
    Issuers known = issuers;
    if (known == null || !known.areMadeOf(accepted)) {
      known = Issuers.of(accepted);
      issuers = known;
    }
    return known;
  }

  private void check(
      List<X509Certificate> chain, String authenticationType, Endpoint endpoint, boolean client)
      throws CertificateException {
    X509Certificate[] array = chain.toArray(new X509Certificate[0]);
    if (manager instanceof X509ExtendedTrustManager extended) {
      if (client) {
        endpoint.checkClient(extended, array, authenticationType);
      } else {
        endpoint.checkServer(extended, array, authenticationType);
      }
      return;
    }
    if (client) {
      manager.checkClientTrusted(array, authenticationType);
    } else {
      manager.checkServerTrusted(array, authenticationType);
    }
    X509Certificate[] accepted = manager.getAcceptedIssuers();
    Set<X509Certificate> trusted = accepted == null ? Set.of() : Set.copyOf(List.of(accepted));
    AdditionalTrust.check(chain, trusted, endpoint, client);
  }

  private final class Decision implements PeerTrust {
    private final Endpoint endpoint;
    private final boolean client;

    private Decision(Endpoint endpoint, boolean client) {
      this.endpoint = endpoint;
      this.client = client;
    }

    @Override
    public void check(List<X509Certificate> chain, String authenticationType)
        throws CertificateException {
      Trust.this.check(chain, authenticationType, endpoint, client);
    }

    @Override
    public int longestChain() {
      return ChainLimits.longestChain(client, name -> System.getProperty(name));
    }

    @Override
    public List<Opaque> acceptedAuthorities() {
      return issuers().names();
    }

    /**
     * With the trust anchors, the endpoint's own rules for certificates. Constraints cannot be
     * compared, so what was granted under them is never equal to anything.
     */
    @Override
    public List<Opaque> anchors() {
      List<Opaque> anchors = issuers().anchors();
      SSLParameters rules = endpoint.parameters();
      if (anchors.isEmpty() && rules.getAlgorithmConstraints() == null) {
        return anchors;
      }
      List<Opaque> all = new ArrayList<>(anchors);
      String identification = rules.getEndpointIdentificationAlgorithm();
      if (identification != null) {
        all.add(Opaque.takeOver(identification.getBytes(StandardCharsets.UTF_8)));
      }
      if (rules.getAlgorithmConstraints() != null) {
        all.add(Opaque.takeOver(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII)));
      }
      return all;
    }
  }

  private static final class NobodyTrusted implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authenticationType)
        throws CertificateException {
      throw new CertificateException("There is no trust manager to judge the client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authenticationType)
        throws CertificateException {
      throw new CertificateException("There is no trust manager to judge the server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
