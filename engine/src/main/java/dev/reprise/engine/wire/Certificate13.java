/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * <pre>{@code
 * struct {
 *     opaque certificate_request_context<0..2^8-1>;
 *     CertificateEntry certificate_list<0..2^24-1>;
 * } Certificate;
 * }</pre>
 *
 * RFC 8446, Section 4.4.2.
 *
 * @param requestContext that of the CertificateRequest answered; a server's own is empty
 * @param entries the sender's own certificate first; empty if a client has none
 */
public record Certificate13(Opaque requestContext, List<CertificateEntry> entries)
    implements HandshakeMessage {
  public Certificate13 {
    entries = List.copyOf(entries);
  }

  static Certificate13 read(TlsReader in) throws TlsException {
    return new Certificate13(
        in.opaque8(0, 0xff, "certificate_request_context"),
        in.vector24(0, "certificate_list").all(CertificateEntry::read));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CERTIFICATE;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(requestContext);
    int start = body.open(3);
    for (CertificateEntry entry : entries) {
      entry.write(body);
    }
    body.close(start, 3);
  }
}
