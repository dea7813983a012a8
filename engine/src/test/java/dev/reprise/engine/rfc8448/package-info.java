/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The traces of RFC 8448, Sections 3 to 7, byte for byte: their messages and records here, their
 * secrets in the tests of the key schedule.
 */
@NullMarked
package dev.reprise.engine.rfc8448;

import org.jspecify.annotations.NullMarked;
