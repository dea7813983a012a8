/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import org.jspecify.annotations.Nullable;

/**
 * Where a client keeps its sessions. No method blocks; every method may be called by any thread.
 */
public interface ClientSessionStore {
  /** Keeps {@code session}, which becomes the store's: the caller must not close it. */
  void put(ClientSessionKey key, ClientSession session);

  /**
   * The session to offer next, which becomes the caller's to close, or null. A TLS 1.3 session is
   * gone from the store (RFC 8446, Appendix C.4: "Clients SHOULD NOT reuse a ticket for multiple
   * connections"); of a TLS 1.2 session it is a copy.
   */
  @Nullable ClientSession take(ClientSessionKey key);

  /** Forgets the session with the same ticket and ID, for example since it led to an alert. */
  void remove(ClientSessionKey key, ClientSession session);

  /**
   * Forgets {@code session} and its siblings, which are all that descend from the same full
   * handshake. RFC 9149, Section 3: "When a client presenting a previously obtained ticket finds
   * that the server nevertheless negotiates a new session, the client SHOULD assume that any other
   * tickets associated with the same session as the presented ticket are also no longer valid for
   * resumption." A store that cannot tell siblings forgets everything under {@code key}.
   */
  default void removeSiblings(ClientSessionKey key, ClientSession session) {
    removeAll(key);
  }

  /** Forgets everything under {@code key}. */
  void removeAll(ClientSessionKey key);
}
