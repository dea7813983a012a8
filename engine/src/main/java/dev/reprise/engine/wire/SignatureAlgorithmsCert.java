/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     SignatureScheme supported_signature_algorithms<2..2^16-2>;
 * } SignatureSchemeList;
 * }</pre>
 *
 * RFC 8446, Section 4.2.3: the schemes that may stand in certificates, where they are not those of
 * {@link SignatureAlgorithms}.
 *
 * @param schemes most preferred first
 */
public record SignatureAlgorithmsCert(Uint16List schemes) implements Extension {
  static SignatureAlgorithmsCert read(TlsReader in) throws TlsException {
    return new SignatureAlgorithmsCert(in.codes16(1, "supported_signature_algorithms"));
  }

  @Override
  public int type() {
    return ExtensionType.SIGNATURE_ALGORITHMS_CERT;
  }

  @Override
  public void write(TlsWriter body) {
    body.codes16(schemes);
  }
}
