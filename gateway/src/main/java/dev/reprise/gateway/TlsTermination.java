/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * All that the gateway knows of the TLS implementation.
 *
 * @param engines makes the server's engine for each connection, ready to shake hands
 * @param reports says of a finished handshake how it went
 */
record TlsTermination(Supplier<SSLEngine> engines, Function<SSLSession, HandshakeReport> reports) {

  /** With these identities, of which there is at least one. */
  static TlsTermination of(GatewayConfig config, List<ServerIdentity> identities) {
    return RepriseTls.termination(config, identities);
  }
}
