/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/**
 * Exports under any label. BoringSSL's runner uses the empty one, which {@link Exporter#export}
 * refuses to applications: an HkdfLabel has no room for it (RFC 8446, Section 7.1).
 */
public final class AnyLabel {
  private AnyLabel() {}

  public static byte[] export(
      Exporter exporter, String label, byte @Nullable [] context, int length) throws TlsException {
    return switch (exporter) {
      case Exporter12 tls12 -> tls12.derive(label, context, length);
      case Exporter13 tls13 -> tls13.derive(label, context, length);
    };
  }
}
