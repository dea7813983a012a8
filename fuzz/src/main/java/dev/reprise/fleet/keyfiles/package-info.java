/* Reprise. Apache-2.0; see LICENSE. */
/** Of the package of key files, for what it does not show to all. */
@NullMarked
package dev.reprise.fleet.keyfiles;

import org.jspecify.annotations.NullMarked;
