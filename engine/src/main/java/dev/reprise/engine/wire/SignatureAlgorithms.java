/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     SignatureScheme supported_signature_algorithms<2..2^16-2>;
 * } SignatureSchemeList;
 * }</pre>
 *
 * RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1.
 *
 * @param schemes most preferred first
 */
public record SignatureAlgorithms(Uint16List schemes) implements Extension {
  static SignatureAlgorithms read(TlsReader in) throws TlsException {
    return new SignatureAlgorithms(in.codes16(1, "supported_signature_algorithms"));
  }

  @Override
  public int type() {
    return ExtensionType.SIGNATURE_ALGORITHMS;
  }

  @Override
  public void write(TlsWriter body) {
    body.codes16(schemes);
  }
}
