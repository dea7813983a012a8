/* Reprise. Apache-2.0; see LICENSE. */
@NullMarked
package dev.reprise.engine.modules;

import org.jspecify.annotations.NullMarked;
