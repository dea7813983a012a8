/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     SignatureScheme algorithm;
 *     opaque signature<0..2^16-1>;
 * } CertificateVerify;
 * }</pre>
 *
 * RFC 8446, Section 4.4.3; the same bytes in RFC 5246, Section 7.4.8.
 */
public record CertificateVerify(int scheme, Opaque signature) implements HandshakeMessage {
  static CertificateVerify read(TlsReader in) throws TlsException {
    return new CertificateVerify(in.uint16("algorithm"), in.opaque16(0, "signature"));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CERTIFICATE_VERIFY;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint16(scheme).opaque16(signature);
  }
}
