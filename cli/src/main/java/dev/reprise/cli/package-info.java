/* Reprise. Apache-2.0; see LICENSE. */
/** The command line: {@code reprise serve}. */
@NullMarked
package dev.reprise.cli;

import org.jspecify.annotations.NullMarked;
