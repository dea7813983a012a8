/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import java.math.BigInteger;
import java.security.interfaces.ECKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The NIST curves of SEC 2, Sections 2.4.2 and 2.5.1, with a = -3 and cofactor 1. */
@SuppressWarnings("ImmutableEnumChecker") // ECParameterSpec is immutable, if not marked so.
enum PrimeCurve {
  SECP256R1(
      NamedGroup.SECP256R1,
      "3059301306072a8648ce3d020106082a8648ce3d030107034200",
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  SECP384R1(
      NamedGroup.SECP384R1,
      "3076301006072a8648ce3d020106052b81040022036200",
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
          + "ffffffff0000000000000000ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
          + "c656398d8a2ed19d2a85c8edd3ec2aef",
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
          + "5502f25dbf55296c3a545e3872760ab7",
      "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c0"
          + "0a60b1ce1d7e819d7a431d7c90ea0e5f",
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
          + "581a0db248b0a77aecec196accc52973");

  private static final PrimeCurve[] ALL = values();

  private final NamedGroup group;

  /** Of a SubjectPublicKeyInfo: RFC 5480, Section 2. */
  private final byte[] prefix;

  private final BigInteger prime;
  private final BigInteger b;
  private final ECParameterSpec parameters;

  PrimeCurve(
      NamedGroup group, String prefix, String prime, String b, String x, String y, String order) {
    this.group = group;
    this.prefix = HexFormat.of().parseHex(prefix);
    this.prime = new BigInteger(prime, 16);
    this.b = new BigInteger(b, 16);
    BigInteger a = this.prime.subtract(BigInteger.valueOf(3));
    ECPoint generator = new ECPoint(new BigInteger(x, 16), new BigInteger(y, 16));
    this.parameters =
        new ECParameterSpec(
            new EllipticCurve(new ECFieldFp(this.prime), a, this.b),
            generator,
            new BigInteger(order, 16),
            1);
  }

  NamedGroup group() {
    return group;
  }

  ECParameterSpec parameters() {
    return parameters;
  }

  /** Of one coordinate, in bytes. */
  int fieldLength() {
    return prime.bitLength() / 8;
  }

  /** The key whose uncompressed point is {@code share}. */
  byte[] subjectPublicKeyInfo(Opaque share) {
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + share.length());
    share.copyTo(encoded, prefix.length);
    return encoded;
  }

  /** Whether the point is on the curve and both coordinates are below p. */
  boolean contains(BigInteger x, BigInteger y) {
    if (x.signum() < 0 || y.signum() < 0 || x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
      return false;
    }
    // y^2 = x^3 - 3x + b = (x^2 - 3)x + b
    BigInteger right = x.multiply(x).subtract(BigInteger.valueOf(3)).multiply(x).add(b).mod(prime);
    return y.multiply(y).mod(prime).equals(right);
  }

  /** The curve that {@code key} is on; null if it is none of these. */
  static @Nullable PrimeCurve of(ECKey key) {
    for (PrimeCurve curve : ALL) {
      if (curve.hasParameters(key.getParams())) {
        return curve;
      }
    }
    return null;
  }

  private boolean hasParameters(@Nullable ECParameterSpec other) {
    return other != null
        && parameters.getOrder().equals(other.getOrder())
        && parameters.getCurve().getField().equals(other.getCurve().getField())
        && parameters.getCurve().getA().equals(other.getCurve().getA())
        && b.equals(other.getCurve().getB())
        && parameters.getGenerator().equals(other.getGenerator());
  }
}
