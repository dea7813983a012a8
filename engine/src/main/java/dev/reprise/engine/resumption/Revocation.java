/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.time.Instant;

/**
 * An entry of the register of what is not resumed any more.
 *
 * @param id 32 bytes: {@link Lineage#id} of a session, SHA-256 of a client's certificate as DER
 * @param revokedAt when it was ordered
 * @param until when nothing is left that it could forbid
 */
public record Revocation(Kind kind, Opaque id, Instant revokedAt, Instant until) {
  /** What is revoked. */
  public enum Kind {
    /** All that descends from one full handshake. */
    SESSION,
    /** All sessions in which a client had shown this certificate of its own. */
    CERTIFICATE
  }
}
