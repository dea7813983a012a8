/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/**
 * Supplies the ticket keys. Once a key is accepted no longer its source closes it, which wipes the
 * ciphers that were made of it as well.
 */
@FunctionalInterface
public interface StekSource {
  /**
   * The keys as of now. Called for every ticket, and every few seconds by a driver, so that a key's
   * end does not wait for the next client. It neither blocks nor throws, and as long as nothing
   * changes it returns the same object.
   */
  StekRing ring();
}
