/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.hosts;

import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.internals.BrokerSecurityConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

// lines:
/** Lets Kafka take contexts as they are, which all its clients in a process may share. */
public final class KafkaEngines implements SslEngineFactory {
  static final String SERVER = "reprise.server";
  static final String CLIENT = "reprise.client";

  /** A client's settings hold its context; a broker's are text, and name one of these. */
  static final Map<String, SSLContext> NAMED = new ConcurrentHashMap<>();

  private @Nullable SSLContext server;
  private @Nullable SSLContext client;
  private boolean clientCertificates;

  @Override
  public void configure(Map<String, ?> settings) {
    server = context(settings.get(SERVER));
    client = context(settings.get(CLIENT));
    Object mode = settings.get(BrokerSecurityConfigs.SSL_CLIENT_AUTH_CONFIG);
    clientCertificates = "required".equals(mode);
  }

  @Override
  public SSLEngine createClientSslEngine(String host, int port, @Nullable String identification) {
    SSLEngine engine = given(client, CLIENT).createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(identification);
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  public SSLEngine createServerSslEngine(String host, int port) {
    SSLEngine engine = given(server, SERVER).createSSLEngine(host, port);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(clientCertificates);
    return engine;
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> settings) {
    return false;
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  /** Null: what a context trusts and is known by is its own matter. */
  @Override
  public @Nullable KeyStore keystore() {
    return null;
  }

  @Override
  public @Nullable KeyStore truststore() {
    return null;
  }

  @Override
  public void close() {}

  private static @Nullable SSLContext context(@Nullable Object setting) {
    return switch (setting) {
      case SSLContext context -> context;
      case String name -> NAMED.get(name);
      case null, default -> null;
    };
  }

  private static SSLContext given(@Nullable SSLContext context, String name) {
    if (context == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return context;
  }
}
// end
