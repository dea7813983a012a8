/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { opaque renegotiated_connection<0..255>; } RenegotiationInfo;
 * }</pre>
 *
 * RFC 5746, Section 3.2.
 *
 * @param renegotiatedConnection empty in the first handshake, the only one there is here
 */
public record RenegotiationInfo(Opaque renegotiatedConnection) implements Extension {
  static RenegotiationInfo read(TlsReader in) throws TlsException {
    return new RenegotiationInfo(in.opaque8(0, 0xff, "renegotiated_connection"));
  }

  @Override
  public int type() {
    return ExtensionType.RENEGOTIATION_INFO;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(renegotiatedConnection);
  }
}
