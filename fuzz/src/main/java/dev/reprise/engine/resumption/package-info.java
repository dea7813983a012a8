/* Reprise. Apache-2.0; see LICENSE. */
/** Of the engine's package, for what it does not show to all. */
@NullMarked
package dev.reprise.engine.resumption;

import org.jspecify.annotations.NullMarked;
