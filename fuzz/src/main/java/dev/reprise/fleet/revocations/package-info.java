/* Reprise. Apache-2.0; see LICENSE. */
/** Of the fleet's package, for what it does not show to all. */
@NullMarked
package dev.reprise.fleet.revocations;

import org.jspecify.annotations.NullMarked;
