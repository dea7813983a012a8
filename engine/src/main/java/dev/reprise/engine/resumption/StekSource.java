/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/** Supplies the ticket keys. */
@FunctionalInterface
public interface StekSource {
  /**
   * The keys as of now. Called for every ticket: it neither blocks nor throws, and as long as
   * nothing changes it returns the same object.
   */
  StekRing ring();
}
