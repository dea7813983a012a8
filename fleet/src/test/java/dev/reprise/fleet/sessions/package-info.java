/* Reprise. Apache-2.0; see LICENSE. */
@NullMarked
package dev.reprise.fleet.sessions;

import org.jspecify.annotations.NullMarked;
