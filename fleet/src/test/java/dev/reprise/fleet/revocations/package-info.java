/* Reprise. Apache-2.0; see LICENSE. */
@NullMarked
package dev.reprise.fleet.revocations;

import org.jspecify.annotations.NullMarked;
