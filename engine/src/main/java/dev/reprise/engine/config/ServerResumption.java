/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.TicketFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a server remembers.
 *
 * @param policy how long, and how many tickets
 * @param store sessions by ID and stateful tickets; null: none are kept
 * @param sealer makes and opens stateless tickets; null: none are made or opened
 * @param statefulTickets whether TLS 1.3 tickets are single-use handles into the store even where
 *     there is a sealer; without a sealer they always are
 * @param scopeLabel the operator's own part of the scope
 * @param revoked what is not resumed in spite of all that
 */
public record ServerResumption(
    ResumptionPolicy policy,
    @Nullable SessionStore store,
    @Nullable TicketFormat sealer,
    boolean statefulTickets,
    String scopeLabel,
    RevokedSessions revoked) {

  public ServerResumption {
    if (statefulTickets && store == null) {
      throw new IllegalArgumentException("Stateful tickets need a session store");
    }
  }

  /** With nothing revoked. */
  public ServerResumption(
      ResumptionPolicy policy,
      @Nullable SessionStore store,
      @Nullable TicketFormat sealer,
      boolean statefulTickets,
      String scopeLabel) {
    this(policy, store, sealer, statefulTickets, scopeLabel, RevokedSessions.NONE);
  }

  /** Remembers nothing. */
  public static ServerResumption off(ResumptionPolicy policy) {
    return new ServerResumption(policy, null, null, false, "");
  }

  /** Whether TLS 1.3 connections are given tickets of any kind. */
  public boolean givesTickets() {
    return sealer != null || store != null;
  }

  /** The store that TLS 1.3 tickets are handles into, or null if they are stateless or off. */
  public @Nullable SessionStore ticketStore() {
    return statefulTickets || sealer == null ? store : null;
  }
}
