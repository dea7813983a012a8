/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** An engine that its user drives. */
record EngineEndpoint(SSLEngine engine) implements Endpoint {
  @Override
  public SSLParameters parameters() {
    return engine.getSSLParameters();
  }

  @Override
  public @Nullable SSLSession handshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public @Nullable String peerHost() {
    return engine.getPeerHost();
  }

  @Override
  public @Nullable String serverAlias(
      X509KeyManager manager, String keyType, Principal @Nullable [] issuers) {
    return manager instanceof X509ExtendedKeyManager extended
        ? extended.chooseEngineServerAlias(keyType, issuers, engine)
        : manager.chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String clientAlias(
      X509KeyManager manager, String[] keyTypes, Principal @Nullable [] issuers) {
    return manager instanceof X509ExtendedKeyManager extended
        ? extended.chooseEngineClientAlias(keyTypes, issuers, engine)
        : manager.chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public void checkClient(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authenticationType)
      throws CertificateException {
    manager.checkClientTrusted(chain, authenticationType, engine);
  }

  @Override
  public void checkServer(
      X509ExtendedTrustManager manager, X509Certificate[] chain, String authenticationType)
      throws CertificateException {
    manager.checkServerTrusted(chain, authenticationType, engine);
  }

  @Override
  public @Nullable Function<List<String>, @Nullable String> protocolSelector() {
    BiFunction<SSLEngine, List<String>, String> selector =
        engine.getHandshakeApplicationProtocolSelector();
    return selector == null ? null : offered -> selector.apply(engine, offered);
  }
}
