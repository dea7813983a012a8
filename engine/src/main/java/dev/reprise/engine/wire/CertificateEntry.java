/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * One certificate of a TLS 1.3 chain, with what is said about it.
 *
 * <pre>{@code
 * struct {
 *     opaque cert_data<1..2^24-1>;
 *     Extension extensions<0..2^16-1>;
 * } CertificateEntry;
 * }</pre>
 *
 * RFC 8446, Section 4.4.2.
 *
 * @param certificate DER
 */
public record CertificateEntry(Opaque certificate, Extensions extensions) {
  static CertificateEntry read(TlsReader in) throws TlsException {
    return new CertificateEntry(
        in.opaque24(1, "cert_data"), Extensions.read(ExtensionContext.CERTIFICATE, in));
  }

  void write(TlsWriter out) {
    out.opaque24(certificate);
    extensions.write(out);
  }
}
