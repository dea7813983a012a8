/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import java.nio.ByteBuffer;

/**
 * What all sessions have in common that descend from one full handshake: its time and the random
 * bits that were drawn for it.
 */
record Lineage(long authenticatedAtMillis, long random) {
  static Lineage of(ConnectionInfo info) {
    return new Lineage(info.authenticatedAtMillis(), info.lineage());
  }

  static Lineage of(Session session) {
    return new Lineage(session.authenticatedAtMillis(), session.lineage());
  }

  /** An ID of 32 bytes for where the protocol gives none. It tells nothing of the lineage. */
  Opaque id() {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(authenticatedAtMillis).putLong(random).array();
    return Opaque.takeOver(Sha256.of(bytes));
  }
}
