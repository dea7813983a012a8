/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * <pre>{@code
 * struct { opaque point <1..2^8-1>; } ECPoint;
 * struct { ECPoint ecdh_Yc; } ClientECDiffieHellmanPublic;
 * }</pre>
 *
 * RFC 8422, Section 5.7.
 *
 * @param publicKey at least one byte
 */
public record ClientKeyExchange(Opaque publicKey) implements HandshakeMessage {
  static ClientKeyExchange read(TlsReader in) throws TlsException {
    return new ClientKeyExchange(in.opaque8(1, 0xff, "ecdh_Yc"));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.CLIENT_KEY_EXCHANGE;
  }

  @Override
  public void write(TlsWriter body) {
    body.opaque8(publicKey);
  }
}
