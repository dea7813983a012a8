/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * An extension that is not understood in the message it stands in: unknown, unused, GREASE (RFC
 * 8701) or out of place. It keeps its bytes.
 *
 * @param body the {@code extension_data}
 */
public record UnknownExtension(int type, Opaque body) implements Extension {
  @Override
  public void write(TlsWriter out) {
    out.opaque(body);
  }
}
