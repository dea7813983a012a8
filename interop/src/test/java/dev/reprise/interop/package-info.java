/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Reprise against the stacks of others: in memory over every combination of what is negotiated, and
 * over TCP with the programs that people use.
 */
@NullMarked
package dev.reprise.interop;

import org.jspecify.annotations.NullMarked;
