/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench;

/** A server's memory of TLS 1.2 sessions, whose IDs are kept by number. */
interface Remembering {
  /** Remembers one more: the one with that number. */
  void add(int number) throws Exception;

  /** Whether the session is found again. */
  boolean find(int number);
}
