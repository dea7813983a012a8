/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import org.jspecify.annotations.Nullable;

/**
 * What came out of a ticket or a stored session: a session whose scope was checked, or nothing and
 * why.
 */
public sealed interface TicketOpening {
  /**
   * The ticket is authentic, of the version asked for, and of the scope asked for. Its lifetime is
   * still to be judged, by {@link ResumptionPolicy#refuses}.
   *
   * @param session the caller's to close
   * @param underOlderKey a newer key issues now: the client should be given a new ticket
   */
  record Opened(Session session, String keyName, boolean underOlderKey) implements TicketOpening {}

  /**
   * Nothing.
   *
   * @param keyName null if no key was found
   */
  record Missed(MissReason reason, @Nullable String keyName) implements TicketOpening {}
}
