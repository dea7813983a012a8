/* Reprise. Apache-2.0; see LICENSE. */
/** Every peer and every feature once, over TCP; what the run has seen is docs/interop.md. */
@NullMarked
package dev.reprise.interop.peers;

import org.jspecify.annotations.NullMarked;
