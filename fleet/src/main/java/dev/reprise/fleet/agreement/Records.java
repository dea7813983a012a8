/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;

/** What the records of a fleet have in common. */
final class Records {
  /** Bytes of the identity of a node and of its keys. */
  static final int ID_LENGTH = 16;

  private Records() {}

  static void version(TlsReader in, int expected) throws DecodeException {
    int version = in.uint8("version");
    if (version != expected) {
      throw new DecodeException("Records of version " + version + " are not read here");
    }
  }

  static Opaque id(TlsReader in, String what) throws DecodeException {
    // Copied: what Redis has sent is not kept for the sake of a name.
    return Opaque.takeOver(in.opaque(ID_LENGTH, what).toArray());
  }

  static Opaque requireId(Opaque id) {
    if (id.length() != ID_LENGTH) {
      throw new IllegalArgumentException("16 bytes, not " + id.length());
    }
    return id;
  }
}
