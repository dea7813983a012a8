/* Reprise. Apache-2.0; see LICENSE. */
/**
 * A fleet under load, and under what befalls fleets: what becomes of the sessions of its clients.
 */
@NullMarked
package dev.reprise.bench.fleet;

import org.jspecify.annotations.NullMarked;
