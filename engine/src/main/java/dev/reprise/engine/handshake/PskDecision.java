/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.schedule.EarlySecret;

/** What became of the PSKs of a ClientHello. */
final class PskDecision {
  static final ResumptionOutcome NOT_OFFERED =
      new ResumptionOutcome.Full(MissReason.NOT_OFFERED, null);

  private PskDecision() {}

  /**
   * A PSK is used.
   *
   * @param index its place in the client's list
   * @param early the early secret made from it, its binder verified
   * @param session what is remembered
   * @param outcome how it was found
   */
  record Accepted(
      int index, EarlySecret early, Session session, ResumptionOutcome.Resumed outcome) {}
}
