/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * <pre>{@code
 * opaque DistinguishedName<1..2^16-1>;
 * struct {
 *     DistinguishedName authorities<3..2^16-1>;
 * } CertificateAuthoritiesExtension;
 * }</pre>
 *
 * RFC 8446, Section 4.2.4.
 *
 * @param names DER each, at least one
 */
public record CertificateAuthorities(List<Opaque> names) implements Extension {
  public CertificateAuthorities {
    names = List.copyOf(names);
  }

  static CertificateAuthorities read(TlsReader in) throws TlsException {
    return new CertificateAuthorities(DistinguishedNames.read(3, "authorities", in));
  }

  @Override
  public int type() {
    return ExtensionType.CERTIFICATE_AUTHORITIES;
  }

  @Override
  public void write(TlsWriter body) {
    DistinguishedNames.write(names, body);
  }
}
