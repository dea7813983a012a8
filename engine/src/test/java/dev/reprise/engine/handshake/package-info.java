/* Reprise. Apache-2.0; see LICENSE. */
@NullMarked
package dev.reprise.engine.handshake;

import org.jspecify.annotations.NullMarked;
