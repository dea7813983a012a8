/* Reprise. Apache-2.0; see LICENSE. */
/** Hostile bytes: what Jazzer runs, over crypto that believes everything, so that it gets deep. */
@NullMarked
package dev.reprise.fuzz;

import org.jspecify.annotations.NullMarked;
