/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

/**
 * How a server tells refused early data from what follows it: RFC 8446, Section 4.2.10 has one way
 * for each of the two answers that refuse it.
 */
public enum EarlyDataSkip {
  /**
   * A ServerHello went out: the server "then skips past early data by attempting to deprotect
   * received records using the handshake traffic key, discarding records which fail deprotection".
   * The first that opens ends it.
   */
  AFTER_REJECTION,
  /**
   * A HelloRetryRequest went out: the server "then ignores early data by skipping all records with
   * an external content type of "application_data"". The first handshake record ends it.
   */
  UNTIL_SECOND_HELLO
}
