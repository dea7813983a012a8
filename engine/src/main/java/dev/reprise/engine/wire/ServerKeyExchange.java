/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.wire;

/**
 * The server's ephemeral key, signed. Only named curves exist here.
 *
 * <pre>{@code
 * struct {
 *     ECCurveType curve_type = named_curve(3);
 *     NamedCurve namedcurve;
 *     opaque point<1..2^8-1>;
 * } ServerECDHParams;
 * struct {
 *     ServerECDHParams params;
 *     SignatureAndHashAlgorithm algorithm;
 *     opaque signature<0..2^16-1>;
 * } ServerKeyExchange;
 * }</pre>
 *
 * RFC 8422, Section 5.4; RFC 5246, Section 4.7 for the signature.
 *
 * @param publicKey an uncompressed point or an X25519 key, at least one byte
 */
public record ServerKeyExchange(
    int namedGroup, Opaque publicKey, int signatureScheme, Opaque signature)
    implements HandshakeMessage {
  private static final int NAMED_CURVE = 3;

  /** The ServerECDHParams: what the signature covers, after the two randoms. */
  public Opaque params() {
    TlsWriter params = new TlsWriter(4 + publicKey.length());
    writeParams(params);
    return params.toOpaque();
  }

  private void writeParams(TlsWriter out) {
    out.uint8(NAMED_CURVE).uint16(namedGroup).opaque8(publicKey);
  }

  static ServerKeyExchange read(TlsReader in) throws TlsException {
    int curveType = in.uint8("curve_type");
    if (curveType != NAMED_CURVE) {
      // RFC 8422, Section 5.4: explicit curves "are now deprecated, so only one value remains".
      throw TlsException.illegalParameter("curve_type is " + curveType);
    }
    return new ServerKeyExchange(
        in.uint16("namedcurve"),
        in.opaque8(1, 0xff, "point"),
        in.uint16("algorithm"),
        in.opaque16(0, "signature"));
  }

  @Override
  public HandshakeType type() {
    return HandshakeType.SERVER_KEY_EXCHANGE;
  }

  @Override
  public void write(TlsWriter body) {
    writeParams(body);
    body.uint16(signatureScheme).opaque16(signature);
  }
}
