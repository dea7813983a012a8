/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The state machines: one sealed {@link dev.reprise.engine.handshake.ServerState}, one sealed
 * {@link dev.reprise.engine.handshake.ClientState}. A state takes one message and gives the next
 * state; a field that means nothing in a state does not exist in it. What may wait is returned as
 * {@link dev.reprise.engine.handshake.Awaiting}.
 */
@NullMarked
package dev.reprise.engine.handshake;

import org.jspecify.annotations.NullMarked;
