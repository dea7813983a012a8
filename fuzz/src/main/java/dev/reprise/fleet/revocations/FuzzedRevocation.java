/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.fleet.agreement.Envelope;
import org.jspecify.annotations.Nullable;

/** A revocation of another node's, on its way into the register. */
public final class FuzzedRevocation {
  private FuzzedRevocation() {}

  /** The entry's bytes if it was read and taken; else null. */
  public static @Nullable Opaque reread(byte[] body, RevocationRegister register) {
    Entry entry =
        Envelope.read(new Envelope.Opened(TlsReader.of(Opaque.takeOver(body)), false), Entry::read);
    if (entry == null) {
      return null;
    }
    entry.addTo(register);
    return entry.write();
  }

  /** What {@link #reread} reads. */
  public static byte[] example() {
    return Entry.before(1, 2).write().toArray();
  }
}
