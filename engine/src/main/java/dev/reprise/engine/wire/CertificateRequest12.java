/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * <pre>{@code
 * struct {
 *     ClientCertificateType certificate_types<1..2^8-1>;
 *     SignatureAndHashAlgorithm supported_signature_algorithms<2..2^16-2>;
 *     DistinguishedName certificate_authorities<0..2^16-1>;
 * } CertificateRequest;
 * }</pre>
 *
 * RFC 5246, Section 7.4.4; the bounds of the algorithms are those of its Section 7.4.1.4.1.
 *
 * @param certificateTypes one byte each, at least one
 * @param authorities DER names, empty if any will do
 */
public record CertificateRequest12(
    Opaque certificateTypes, Uint16List signatureSchemes, List<Opaque> authorities)
    implements HandshakeMessage {
  public CertificateRequest12 {
    authorities = List.copyOf(authorities);
  }

  static CertificateRequest12 read(TlsReader in) throws TlsException {
    return new CertificateRequest12(
        in.opaque8(1, 0xff, "certificate_types"),
        in.codes16(1, "supported_signature_algorithms"),
        DistinguishedNames.read(0, "certificate_authorities", in));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CERTIFICATE_REQUEST;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(certificateTypes).codes16(signatureSchemes);
    DistinguishedNames.write(authorities, body);
  }
}
