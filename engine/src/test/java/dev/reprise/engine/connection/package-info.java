/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Whole connections of the engine, both sides in one thread and nothing but byte arrays between.
 */
@NullMarked
package dev.reprise.engine.connection;

import org.jspecify.annotations.NullMarked;
