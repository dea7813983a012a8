/* Reprise. Apache-2.0; see LICENSE. */
/**
 * How the nodes of a fleet come to have the same ticket keys without a leader, and how each gets
 * them so that nothing that is stored opens them later.
 */
@NullMarked
package dev.reprise.fleet.agreement;

import org.jspecify.annotations.NullMarked;
