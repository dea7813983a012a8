/* Reprise. Apache-2.0; see LICENSE. */
@org.jspecify.annotations.NullMarked
package dev.reprise.fuzz;
