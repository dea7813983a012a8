/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { NamedGroup selected_group; } KeyShareHelloRetryRequest;
 * }</pre>
 *
 * RFC 8446, Section 4.2.8: the group for which the client is to send a share.
 */
public record RetryKeyShare(int group) implements Extension {
  static RetryKeyShare read(TlsReader in) throws TlsException {
    return new RetryKeyShare(in.uint16("selected_group"));
  }

  @Override
  public int type() {
    return ExtensionType.KEY_SHARE;
  }

  @Override
  public void write(TlsWriter body) {
    body.uint16(group);
  }
}
