/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A context: made ready by {@link javax.net.ssl.SSLContext#init}, or by a builder. */
final class ContextSpi extends SSLContextSpi {
  private final EngineParameters defaults;
  private final boolean built;
  private volatile @Nullable ContextConfig config;

  /** To be initialized. */
  ContextSpi(EngineParameters defaults) {
    this.defaults = defaults;
    this.built = false;
  }

  /** Ready. */
  ContextSpi(ContextConfig config) {
    this.defaults = config.defaults();
    this.built = true;
    this.config = config;
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keyManagers,
      TrustManager @Nullable [] trustManagers,
      @Nullable SecureRandom random)
      throws KeyManagementException {
    if (built) {
      throw new KeyManagementException(
          "This context is ready and takes no keys or trust of others");
    }
    config = JsseContexts.config(defaults, keyManagers, trustManagers, random);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return new RepriseEngine(config(), null, -1);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
    return new RepriseEngine(config(), host, port);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new RepriseSocketFactory(config());
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return new RepriseServerSocketFactory(config());
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return config().serverSessions();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return config().clientSessions();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return defaults.of(true).toJsse();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return new EngineParameters().toJsse();
  }

  private ContextConfig config() {
    ContextConfig ready = config;
    if (ready == null) {
      throw new IllegalStateException("The SSLContext is not initialized");
    }
    return ready;
  }
}
