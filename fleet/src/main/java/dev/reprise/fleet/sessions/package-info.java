/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The session store that all nodes share: sealed sessions in Redis, and near copies of what this
 * node has made.
 */
@NullMarked
package dev.reprise.fleet.sessions;

import org.jspecify.annotations.NullMarked;
