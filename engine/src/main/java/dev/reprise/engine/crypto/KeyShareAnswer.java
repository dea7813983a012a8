/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;

/**
 * The second share and what both sides now know.
 *
 * @param share what the peer is sent
 * @param sharedSecret the caller closes it
 */
public record KeyShareAnswer(Opaque share, Secret sharedSecret) {}
