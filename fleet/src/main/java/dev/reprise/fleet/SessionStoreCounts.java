/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import java.time.Duration;

/**
 * What a node's part of the shared session store has done since it was made. Of each {@link #calls
 * call} exactly one is true: it was {@link #answered} or {@link #late}, or it failed at once as
 * {@link #rejected} or {@link #unreachable}.
 *
 * @param calls that wanted something of Redis, sent or not
 * @param answered by Redis in time, whatever the answer was
 * @param answerTime all of these together, from sending to answer
 * @param late not answered by the deadline: a miss that has cost it
 * @param rejected not sent, since too many were late just before
 * @param unreachable not sent or lost, since there was no connection
 * @param refused answers that were errors, such as of a user who may not do this
 * @param hits look-ups in Redis that found a session
 * @param misses look-ups in Redis that found none
 * @param unknownKey of the misses: there was one under a key that this node does not know
 * @param notAuthentic answers that were no session of this fleet, or not at their place
 * @param storeFull sessions that Redis had no memory for
 * @param notSealed sessions that were not sent since no ticket key issued or they were too long
 * @param nearHits look-ups answered from a copy in this node
 * @param keptLocal sessions that only this node has, since Redis has not acknowledged them
 * @param removalsWaiting sessions that other nodes have yet to be told to forget, now
 * @param removalsLost that were too many to wait
 * @param nearCopiesDropped how often all near copies went since removals may have been missed
 * @param breaker whether calls are sent, now
 */
public record SessionStoreCounts(
    long calls,
    long answered,
    Duration answerTime,
    long late,
    long rejected,
    long unreachable,
    long refused,
    long hits,
    long misses,
    long unknownKey,
    long notAuthentic,
    long storeFull,
    long notSealed,
    long nearHits,
    long keptLocal,
    long removalsWaiting,
    long removalsLost,
    long nearCopiesDropped,
    Breaker breaker) {
  /** Keeps a slow Redis from costing every handshake its deadline. */
  public enum Breaker {
    /** All calls are sent. */
    CLOSED,
    /** None is, for half a second. */
    OPEN,
    /** Two are, to see whether Redis answers in time again. */
    HALF_OPEN
  }
}
