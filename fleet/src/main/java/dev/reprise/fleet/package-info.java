/* Reprise. Apache-2.0; see LICENSE. */
/** A node's part in a fleet: sessions, ticket keys and revocations that all nodes share. */
@NullMarked
package dev.reprise.fleet;

import org.jspecify.annotations.NullMarked;
