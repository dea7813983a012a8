/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Digests;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/** The exporter of TLS 1.3: RFC 8446, Section 7.5. */
public final class Exporter13 extends Stage implements Exporter {
  private static final byte[] NO_CONTEXT = {};

  private final Digests digests;

  Exporter13(Hkdf hkdf, Secret secret, Digests digests) {
    super(hkdf, secret);
    this.digests = digests;
  }

  /**
   * {@inheritDoc}
   *
   * <p>RFC 8446, Section 7.5: "providing no context computes the same value as providing an empty
   * context".
   */
  @Override
  public byte[] export(String label, byte @Nullable [] context, int length) throws TlsException {
    ExporterArguments.check(label, context, length);
    byte[] contextHash = digests.digest(hkdf.hash()).digest(context == null ? NO_CONTEXT : context);
    // First the exporter_master_secret, the application's label, no messages;
    // then what comes out of it, "exporter", the hash of the context. RFC 8446, Section 7.5.
    try (Secret labelled = deriveFromNothing(label)) {
      return hkdf.expandLabelBytes(labelled, Labels.EXPORTER, contextHash, length);
    }
  }
}
