/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * ProtocolVersion selected_version;
 * }</pre>
 *
 * RFC 8446, Section 4.2.1, in a ServerHello or HelloRetryRequest.
 */
public record SelectedVersion(int version) implements Extension {
  static SelectedVersion read(TlsReader in) throws TlsException {
    return new SelectedVersion(in.uint16("selected_version"));
  }

  @Override
  public int type() {
    return ExtensionType.SUPPORTED_VERSIONS;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint16(version);
  }
}
