/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.nio.ByteBuffer;

/**
 * What all sessions have in common that descend from one full handshake, on whatever node and
 * however often they were resumed and renewed: its time and the random bits that were drawn for it.
 *
 * @param authenticatedAtMillis {@link Session#authenticatedAtMillis}
 * @param random {@link Session#lineage}
 */
public record Lineage(long authenticatedAtMillis, long random) {
  public static Lineage of(Session session) {
    return new Lineage(session.authenticatedAtMillis(), session.lineage());
  }

  /** 32 bytes that stand for it, and tell nothing of it. */
  public Opaque id() {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(authenticatedAtMillis).putLong(random).array();
    return Sha256.of(Opaque.takeOver(bytes));
  }
}
