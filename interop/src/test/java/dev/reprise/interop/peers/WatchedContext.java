/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop.peers;

import dev.reprise.testkit.KeyKind;
import dev.reprise.testkit.TestCertificates;
import dev.reprise.testkit.TestIdentity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context of somebody else's provider that is watched: JSSE has no word for whether a session was
 * resumed, but only a full handshake asks for a key (a server) or for trust (a client).
 */
final class WatchedContext {
  private final AtomicInteger keysAsked = new AtomicInteger();
  private final AtomicInteger trustAsked = new AtomicInteger();
  private final SSLContext context;

  private WatchedContext(Provider provider, @Nullable TestIdentity identity) {
    try {
      context = SSLContext.getInstance("TLS", provider);
      KeyManager[] keys =
          identity == null ? new KeyManager[0] : new KeyManager[] {new Keys(identity)};
      context.init(keys, new TrustManager[] {new Trust()}, null);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(provider + " has no TLS", e);
    }
  }

  static WatchedContext server(Provider provider) {
    return new WatchedContext(provider, TestCertificates.server(KeyKind.ECDSA_P256));
  }

  static WatchedContext client(Provider provider, Setup setup) {
    return new WatchedContext(
        provider, setup.certificates() ? TestCertificates.client(KeyKind.ECDSA_P256) : null);
  }

  SSLContext context() {
    return context;
  }

  /** How often a private key was asked for. */
  int keysAsked() {
    return keysAsked.get();
  }

  /** How often a chain was shown. */
  int trustAsked() {
    return trustAsked.get();
  }

  private final class Keys extends X509ExtendedKeyManager {
    private static final String ALIAS = "it";
    private final TestIdentity identity;

    Keys(TestIdentity identity) {
      this.identity = identity;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      keysAsked.incrementAndGet();
      return identity.key();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return type.contains("EC") ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return type.contains("EC") ? ALIAS : null;
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }
  }

  private final class Trust extends X509ExtendedTrustManager {
    private void check(X509Certificate[] chain) throws CertificateException {
      trustAsked.incrementAndGet();
      try {
        chain[0].verify(TestCertificates.authority().root().getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {TestCertificates.authority().root()};
    }
  }
}
