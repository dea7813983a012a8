/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.bench.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What became of one visit. Times are nanoseconds since the load began.
 *
 * @param offered whether a session was offered within the lifetime that the client was told
 * @param madeAtNanos when the session offered was made, or that which this visit has made
 * @param resumed as the server says
 * @param reason of a full handshake, as the server says; null: it does not
 * @param tookNanos for connecting and shaking hands
 */
record Visit(
    Visitor visitor,
    long atNanos,
    boolean offered,
    long madeAtNanos,
    boolean resumed,
    @Nullable String reason,
    long tookNanos) {
  boolean isLoss() {
    return offered && !resumed;
  }
}
