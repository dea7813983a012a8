/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * <pre>{@code
 * opaque PskBinderEntry<32..255>;
 * struct {
 *     PskIdentity identities<7..2^16-1>;
 *     PskBinderEntry binders<33..2^16-1>;
 * } OfferedPsks;
 * }</pre>
 *
 * RFC 8446, Section 4.2.11, in a ClientHello, where it must be the last extension.
 *
 * @param identities most preferred first, at least one
 * @param binders at least one, of 32 to 255 bytes; after reading there may be more or fewer of them
 *     than identities
 */
public record OfferedPsks(List<PskIdentity> identities, List<Opaque> binders) implements Extension {
  public OfferedPsks {
    identities = List.copyOf(identities);
    binders = List.copyOf(binders);
  }

  /**
   * Bytes of the binders list with its length: what is cut off the ClientHello before a binder is
   * computed. RFC 8446, Section 4.2.11.2.
   */
  public int bindersLength() {
    int length = 2;
    for (Opaque binder : binders) {
      length += 1 + binder.length();
    }
    return length;
  }

  static OfferedPsks read(TlsReader in) throws TlsException {
    return new OfferedPsks(
        in.vector16(7, "identities").all(PskIdentity::read),
        in.vector16(33, "binders").all(binder -> binder.opaque8(32, 0xff, "PskBinderEntry")));
  }

  @Override
  public int type() {
    return ExtensionType.PRE_SHARED_KEY;
  }

  @Override
  public void write(TlsWriter body) {
    int identityList = body.open(2);
    for (PskIdentity identity : identities) {
      identity.write(body);
    }
    body.close(identityList, 2);
    int binderList = body.open(2);
    for (Opaque binder : binders) {
      body.opaque8(binder);
    }
    body.close(binderList, 2);
  }
}
