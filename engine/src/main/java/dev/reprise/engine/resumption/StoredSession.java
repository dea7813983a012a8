/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.util.Arrays;

/** A session as {@link MemorySessionStore} keeps it: its encoding, wiped when it goes. */
final class StoredSession {
  // What lies around an ID and an encoding on the heap, with 8-byte references so that the bound
  // holds on every VM: two array headers (2 * 16) and their rounding (2 * 7), an Opaque (32), this
  // object (48), a LinkedHashMap entry (64) and, right after a growth of the table, 8 / 0.375 bytes
  // of it (22) and 2 * 8 bytes of the heap's array (16); 228 in all, and some for what is
  // forgotten.
  // Measured with 200,000 sessions: 160 with 4-byte references, 221 with 8-byte ones.
  private static final long AROUND = 240;

  final Opaque id;
  final byte[] encoded;
  final long expiresAtMillis;
  int heapIndex;

  StoredSession(Opaque id, byte[] encoded, long expiresAtMillis) {
    this.id = id;
    this.encoded = encoded;
    this.expiresAtMillis = expiresAtMillis;
  }

  /** Bytes of memory, all in. */
  long size() {
    return AROUND + id.length() + encoded.length;
  }

  void erase() {
    Arrays.fill(encoded, (byte) 0);
  }
}
