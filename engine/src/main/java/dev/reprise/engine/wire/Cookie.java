/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { opaque cookie<1..2^16-1>; } Cookie;
 * }</pre>
 *
 * RFC 8446, Section 4.2.2, in a HelloRetryRequest and the ClientHello after it.
 *
 * @param cookie at least one byte
 */
public record Cookie(Opaque cookie) implements Extension {
  static Cookie read(TlsReader in) throws TlsException {
    return new Cookie(in.opaque16(1, "cookie"));
  }

  @Override
  public int type() {
    return ExtensionType.COOKIE;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque16(cookie);
  }
}
