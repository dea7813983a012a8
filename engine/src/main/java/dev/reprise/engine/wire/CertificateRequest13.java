/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct {
 *     opaque certificate_request_context<0..2^8-1>;
 *     Extension extensions<0..2^16-1>;
 * } CertificateRequest;
 * }</pre>
 *
 * RFC 9846, Section 4.4.2. RFC 8446, Section 4.3.2 has the same with at least two bytes of
 * extensions; a request without signature_algorithms is the handshake's to refuse, with
 * missing_extension.
 */
public record CertificateRequest13(Opaque requestContext, Extensions extensions)
    implements HandshakeMessage {
  static CertificateRequest13 read(TlsReader in) throws TlsException {
    return new CertificateRequest13(
        in.opaque8(0, 0xff, "certificate_request_context"),
        Extensions.read(ExtensionContext.CERTIFICATE_REQUEST, in));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CERTIFICATE_REQUEST;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(requestContext);
    extensions.write(body);
  }
}
