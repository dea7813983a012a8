/* Reprise. Apache-2.0; see LICENSE. */
/** What is revoked on one node is revoked on all. */
@NullMarked
package dev.reprise.fleet.revocations;

import org.jspecify.annotations.NullMarked;
