/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

import dev.reprise.testkit.TestCertificates;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of one peer.
 *
 * @param parameters to be set on each engine, of a peer that knows no other way; its cost is not
 *     counted
 */
record Contexts(SSLContext client, SSLContext server, @Nullable SSLParameters parameters) {
  /** The client's name for the server. */
  static final String HOST = TestCertificates.SERVER_NAME;

  SSLEngine newClient(int port) {
    return client.createSSLEngine(HOST, port);
  }

  SSLEngine newServer() {
    return server.createSSLEngine();
  }

  void configure(SSLEngine engine, boolean asClient) {
    if (parameters != null) {
      engine.setUseClientMode(asClient);
      engine.setSSLParameters(parameters);
    }
  }
}
