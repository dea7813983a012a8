/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Benchmarks: {@code bench/run}. Two engines shake hands in memory on one thread, and what each
 * side costs is told apart: the time and the allocated bytes of its own calls, delegated tasks
 * included. Every peer gets the same settings, and JVMs of its own that take turns with those of
 * the others, so that what the machine does meanwhile hits all alike.
 */
@NullMarked
package dev.reprise.bench;

import org.jspecify.annotations.NullMarked;
