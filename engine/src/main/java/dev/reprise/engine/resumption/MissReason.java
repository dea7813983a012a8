/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

/**
 * Why a handshake was a full one. Each reason is counted by itself, so that an operator can tell a
 * fleet that lost its keys from clients that come back too late.
 */
public enum MissReason {
  /** The client offered nothing: nothing to do, it is new here or has forgotten. */
  NOT_OFFERED,
  /**
   * No key of that name: check that all nodes read the same keys, and that no node restarted. So do
   * tickets of other servers count, even of one that reads the same key file.
   */
  UNKNOWN_KEY,
  /**
   * The ticket's key is past its acceptance, or was taken out of its file: lengthen the ticket
   * lifetime, or leave keys in the file for as long, if this is common.
   */
  KEY_EXPIRED,
  /**
   * The ticket did not open under its key: damaged on the way, forged, or two keys share a name.
   */
  NOT_AUTHENTIC,
  /**
   * Not a ticket that this release reads: expect it while releases are mixed, look for it after.
   */
  UNKNOWN_FORMAT,
  /** Made in the other protocol version: nothing to do, the client changed its mind. */
  VERSION_MISMATCH,
  /** Past its own lifetime: lengthen the ticket lifetime if clients come back later than that. */
  TICKET_EXPIRED,
  /** Made in this node's future: mend the clocks of the fleet. */
  NOT_YET_VALID,
  /** The full handshake that it descends from is too long ago: expected once a day and client. */
  AUTHENTICATION_TOO_OLD,
  /** Made where other rules hold: compare certificates, client authentication and policy. */
  SCOPE_MISMATCH,
  /** Made for another server name: normal where several names share one address. */
  SNI_MISMATCH,
  /** The session's suite is not offered or not enabled any more: look for a changed suite list. */
  SUITE_UNAVAILABLE,
  /** No key exchange mode in common: the client asks for PSK-only resumption, which is off. */
  KEY_EXCHANGE_MODE,
  /** A client certificate is needed and the session has none: expected after it became required. */
  CLIENT_CERTIFICATE_REQUIRED,
  /**
   * The client's remembered certificate is not trusted any more: as it should after a revocation.
   */
  CLIENT_CERTIFICATE_REFUSED,
  /** A single-use ticket came twice: a client that retries in parallel, or a replay. */
  ALREADY_USED,
  /** The store does not have it: expired, evicted (give it more memory), or never arrived. */
  NOT_IN_STORE,
  /** The store did not answer in time: look after the store. */
  STORE_UNAVAILABLE,
  /** The session was revoked: as ordered. */
  REVOKED,
  /**
   * The fleet's list of revocations was not read for too long to resume a client that showed a
   * certificate: look after the store.
   */
  REVOCATIONS_UNKNOWN,
  /** A client's view only: the server did not take the session offered, and does not say why. */
  DECLINED
}
