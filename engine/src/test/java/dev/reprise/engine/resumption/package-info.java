/* Reprise. Apache-2.0; see LICENSE. */
/** Tests of resumption. */
@NullMarked
package dev.reprise.engine.resumption;

import org.jspecify.annotations.NullMarked;
