/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Every message and extension of TLS 1.2 and 1.3 as a record, and the reader and writer of the
 * presentation language. The ground floor: it knows no other package.
 */
@NullMarked
package dev.reprise.engine.wire;

import org.jspecify.annotations.NullMarked;
