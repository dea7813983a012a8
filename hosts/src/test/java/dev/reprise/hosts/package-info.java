/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Servers and clients of others, run on the provider unchanged. Each test leaves a line of the
 * table in docs/embedding.md, and the lines between "lines:" and "end" are shown there.
 */
@NullMarked
package dev.reprise.hosts;

import org.jspecify.annotations.NullMarked;
