/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/** What is not to be resumed any more, although its time is not up. Asked in the handshake. */
@FunctionalInterface
public interface RevokedSessions {
  /** Nothing is revoked. */
  RevokedSessions NONE = _ -> false;

  /**
   * Whether {@code session} is revoked. It must go by what no renewal changes: the lineage, its
   * time, the client's certificate. It must not block.
   */
  boolean contains(Session session);

  /**
   * Whether it is known well enough what is revoked, to resume sessions of clients that showed a
   * certificate. It must not block.
   */
  default boolean isCurrent() {
    return true;
  }
}
