/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The heart: what both sides remember of a handshake, how it is sealed into tickets or kept in a
 * store, under which keys and for how long, and the one reason that is named whenever a session is
 * not resumed. A session is bound to a {@link dev.reprise.engine.resumption.ResumptionScope}, and
 * nothing here gives a session out of a ticket without having compared it.
 */
@NullMarked
package dev.reprise.engine.resumption;

import org.jspecify.annotations.NullMarked;
