/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.time.Instant;

/** Hears what is revoked on this node, to tell others. It must not block. */
public interface RevocationListener {
  /**
   * A session or a certificate.
   *
   * @param id 32 bytes: see {@link Revocation}
   */
  void revoked(Revocation.Kind kind, Opaque id, Instant revokedAt);

  /** All sessions of full handshakes before {@code time}. */
  void revokedBefore(Instant time);
}
