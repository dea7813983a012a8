/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Which test shows which rule of {@code docs/rules.md}, and the table that {@code ./check} prints.
 */
@NullMarked
package dev.reprise.testkit.rules;

import org.jspecify.annotations.NullMarked;
