/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { KeyShareEntry server_share; } KeyShareServerHello;
 * }</pre>
 *
 * RFC 8446, Section 4.2.8.
 */
public record ServerKeyShare(KeyShareEntry entry) implements Extension {
  static ServerKeyShare read(TlsReader in) throws TlsException {
    return new ServerKeyShare(KeyShareEntry.read(in));
  }

  @Override
  public int type() {
    return ExtensionType.KEY_SHARE;
  }

  @Override
  public void write(TlsWriter body) {
    entry.write(body);
  }
}
