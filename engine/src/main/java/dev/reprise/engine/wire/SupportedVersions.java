/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * ProtocolVersion versions<2..254>;
 * }</pre>
 *
 * RFC 8446, Section 4.2.1, in a ClientHello.
 *
 * @param versions most preferred first
 */
public record SupportedVersions(Uint16List versions) implements Extension {
  static SupportedVersions read(TlsReader in) throws TlsException {
    return new SupportedVersions(in.codes8(1, "versions"));
  }

  @Override
  public int type() {
    return ExtensionType.SUPPORTED_VERSIONS;
  }

  @Override
  public void write(TlsWriter body) {
    body.codes8(versions);
  }
}
