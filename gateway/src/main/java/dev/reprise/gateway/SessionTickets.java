/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

/** What a client is given to come back with. */
public enum SessionTickets {
  /** Sealed sessions in both versions; the server keeps nothing. */
  SEALED,
  /** TLS 1.3 tickets are single-use handles into the session store; TLS 1.2 tickets are sealed. */
  STATEFUL,
  /** No sealed session leaves the server: session IDs in TLS 1.2, handles in TLS 1.3. */
  NONE
}
