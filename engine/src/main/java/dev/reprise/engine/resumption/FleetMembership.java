/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What a server that is a node of a fleet has in common with the others: so that a session made on
 * any node resumes on every node. Nothing here blocks, and nothing fails because the others cannot
 * be reached.
 */
public interface FleetMembership {
  /** The fleet's time, by which all nodes reckon lifetimes and ages. */
  InstantSource clock();

  /** The ticket keys that all nodes have. They are the fleet's to close. */
  StekSource ticketKeys();

  /** Where sessions are kept that all nodes find. It is the fleet's to close. */
  SessionStore sessionStore();

  /** How long a ticket key issues, by the fleet's record. */
  Duration rotateEvery();

  /** How long a ticket is honoured, by the fleet's record. */
  Duration ticketLifetime();

  /**
   * Has what is revoked in {@code register} revoked on all nodes, and what is revoked elsewhere
   * revoked in it.
   *
   * @return what is to be asked in its stead: the register, and whether the fleet's list is known
   */
  RevokedSessions share(RevocationRegister register);
}
