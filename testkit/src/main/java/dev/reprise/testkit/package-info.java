/* Reprise. Apache-2.0; see LICENSE. */
/**
 * What tests need and production code must not have: a clock that stands still, randomness that
 * repeats, certificates of an authority made up on the spot, every small damage to a message, and
 * two {@code SSLEngine}s of whatever provider joined in memory. It knows none of Reprise's other
 * modules, so that all of them can be tested with it.
 */
@NullMarked
package dev.reprise.testkit;

import org.jspecify.annotations.NullMarked;
