/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** All that the gateway knows of TLS. */
interface TlsTermination extends AutoCloseable {
  /** The server's engine for a connection, ready to shake hands. */
  SSLEngine newEngine();

  /**
   * How the handshake of {@code session} went.
   *
   * @param handshake how long ago the client's first byte came
   */
  HandshakeReport report(SSLSession session, Duration handshake);

  /** Forgets what has expired, which without clients nobody would notice; to be called often. */
  void tidy();

  /** Wipes all keys and sessions. */
  @Override
  void close();
}
