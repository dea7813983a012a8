/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Of a JSSE provider.
 *
 * @param parameters to be set on each engine, of a peer that knows no other way
 */
record JsseContexts(SSLContext client, SSLContext server, @Nullable SSLParameters parameters)
    implements Contexts {
  /** Clients remember by host and port, and full handshakes use ports that are new. */
  static final int CLIENT_SESSIONS = 16;

  static SSLParameters parameters(Conditions conditions) {
    SSLParameters parameters =
        new SSLParameters(
            new String[] {conditions.cipherSuite()},
            new String[] {conditions.protocol().jsseName()});
    parameters.setNamedGroups(conditions.groups().toArray(new String[0]));
    return parameters;
  }

  @Override
  public SSLEngine newClient(int port) {
    return client.createSSLEngine(HOST, port);
  }

  @Override
  public SSLEngine newServer() {
    return server.createSSLEngine();
  }

  @Override
  public void configure(SSLEngine engine, boolean asClient) {
    if (parameters != null) {
      engine.setUseClientMode(asClient);
      engine.setSSLParameters(parameters);
    }
  }
}
