/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

import java.util.List;

/**
 * <pre>{@code
 * struct { KeyShareEntry client_shares<0..2^16-1>; } KeyShareClientHello;
 * }</pre>
 *
 * RFC 8446, Section 4.2.8.
 *
 * @param entries most preferred first; none, to ask for a HelloRetryRequest; at most {@link
 *     Limits#KEY_SHARES} are read
 */
public record ClientKeyShares(List<KeyShareEntry> entries) implements Extension {
  public ClientKeyShares {
    entries = List.copyOf(entries);
  }

  static ClientKeyShares read(TlsReader in) throws TlsException {
    List<KeyShareEntry> entries = in.vector16(0, "client_shares").all(KeyShareEntry::read);
    if (entries.size() > Limits.KEY_SHARES) {
      throw new DecodeException("There are " + entries.size() + " key shares");
    }
    return new ClientKeyShares(entries);
  }

  @Override
  public int type() {
    return ExtensionType.KEY_SHARE;
  }

  @Override
  public void write(TlsWriter body) {
    int list = body.open(2);
    for (KeyShareEntry entry : entries) {
      entry.write(body);
    }
    body.close(list, 2);
  }
}
