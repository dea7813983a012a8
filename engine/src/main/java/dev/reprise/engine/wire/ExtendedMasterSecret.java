/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/** RFC 7627, Section 5.1: the main secret is to be bound to the handshake's transcript. No data. */
public record ExtendedMasterSecret() implements Extension {
  @Override
  public int type() {
    return ExtensionType.EXTENDED_MASTER_SECRET;
  }

  @Override
  public void write(TlsWriter body) {}
}
