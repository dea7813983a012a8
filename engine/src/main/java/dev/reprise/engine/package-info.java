/* Reprise. Apache-2.0; see LICENSE. */
/**
 * TLS itself, sans-I/O: bytes in, bytes out. {@link dev.reprise.engine.TlsConnection} is the face;
 * it knows no socket, no JSSE and no thread, and it never blocks.
 */
@NullMarked
package dev.reprise.engine;

import org.jspecify.annotations.NullMarked;
