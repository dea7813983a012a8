/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * <pre>{@code
 * opaque ASN.1Cert<1..2^24-1>;
 * struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
 * }</pre>
 *
 * RFC 5246, Section 7.4.2.
 *
 * @param chain DER, the sender's own first; empty if a client has none
 */
public record Certificate12(List<Opaque> chain) implements HandshakeMessage {
  public Certificate12 {
    chain = List.copyOf(chain);
  }

  static Certificate12 read(TlsReader in) throws TlsException {
    return new Certificate12(
        in.vector24(0, "certificate_list").all(entry -> entry.opaque24(1, "ASN.1Cert")));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CERTIFICATE;
  }

  @Override
  public void write(TlsWriter body) {
    int start = body.open(3);
    for (Opaque certificate : chain) {
      body.opaque24(certificate);
    }
    body.close(start, 3);
  }
}
