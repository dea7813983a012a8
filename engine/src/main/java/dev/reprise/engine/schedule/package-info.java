/* Reprise. Apache-2.0; see LICENSE. */
/**
 * How secrets become keys: the key schedule of TLS 1.3 as a chain of stages, the key derivation of
 * TLS 1.2, the transcript that both cover, and the exporters. A stage holds one secret, knows only
 * the derivations that are legal from it, and wipes it when the next stage takes over. Nothing here
 * is thread-safe: everything belongs to one connection and shares its one {@code Mac}.
 */
@NullMarked
package dev.reprise.engine.schedule;

import org.jspecify.annotations.NullMarked;
