/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.crypto.CryptoProvider;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the engines of one context share.
 *
 * @param defaults what an engine starts with: to be copied, never changed
 * @param handshakeDeadline how long a handshake may take
 * @param recheckPeerOnResumption whether trust is decided anew when a session is resumed
 */
record ContextConfig(
    Use use,
    CryptoProvider crypto,
    InstantSource clock,
    EngineParameters defaults,
    IdentitySource identities,
    Trust trust,
    ServerSessions serverSessions,
    ClientSessions clientSessions,
    HandshakeListener listener,
    Duration handshakeDeadline,
    boolean recheckPeerOnResumption) {
  /**
   * How long a handshake may take unless told otherwise. A delegated task that asks a user counts.
   */
  static final Duration HANDSHAKE_DEADLINE = Duration.ofSeconds(60);

  /** Which sides the engines of a context can be. */
  enum Use {
    EITHER,
    CLIENT,
    SERVER
  }
}
