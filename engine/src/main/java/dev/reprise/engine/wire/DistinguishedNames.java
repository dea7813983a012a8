/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * The names of certificate authorities, DER each, in whose grammar both versions agree.
 *
 * <pre>{@code opaque DistinguishedName<1..2^16-1>;}</pre>
 *
 * RFC 8446, Section 4.2.4; RFC 5246, Section 7.4.4.
 */
final class DistinguishedNames {
  private DistinguishedNames() {}

  static List<Opaque> read(int minimumBytes, String what, TlsReader in) throws TlsException {
    return in.vector16(minimumBytes, what).all(name -> name.opaque16(1, "DistinguishedName"));
  }

  static void write(List<Opaque> names, TlsWriter out) {
    int start = out.open(2);
    for (Opaque name : names) {
      out.opaque16(name);
    }
    out.close(start, 2);
  }
}
