/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/** A session store's answer. */
public sealed interface Lookup {
  /** Here it is, of the version and the scope asked for; the caller owns it and closes it. */
  record Found(Session session) implements Lookup {}

  /**
   * There is one, which is not for here; it stays in the store.
   *
   * @param reason {@link MissReason#VERSION_MISMATCH} or {@link MissReason#SCOPE_MISMATCH}
   */
  record Mismatched(MissReason reason) implements Lookup {}

  /** The store answered, and has no such session (any more). */
  record NotInStore() implements Lookup {}

  /** The store did not answer, or not in time, or nothing that could be read. */
  record Unavailable() implements Lookup {}
}
