/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * ECDH on a NIST curve. A share is the uncompressed point of RFC 8446, Section 4.2.8.2: one byte
 * 0x04, then both coordinates in full length.
 */
final class JcaPrimeCurve extends JcaCurve {
  private static final int UNCOMPRESSED = 4;

  private final PrimeCurve curve;

  JcaPrimeCurve(PrimeCurve curve, Provider provider, SecureRandom random) {
    super(curve.group(), provider, random);
    this.curve = curve;
  }

  @Override
  String generatorName() {
    return "EC";
  }

  @Override
  String agreementName() {
    return "ECDH";
  }

  @Override
  void initialize(KeyPairGenerator generator, SecureRandom random) throws GeneralSecurityException {
    generator.initialize(new ECGenParameterSpec(curve.group().standardName()), random);
  }

  @Override
  int secretLength() {
    return curve.fieldLength();
  }

  @Override
  Opaque share(PublicKey key) throws TlsException {
    Opaque share = tail(key, 1 + 2 * curve.fieldLength());
    if (share.at(0) != UNCOMPRESSED) {
      throw TlsException.internal("The provider compresses points", null);
    }
    return share;
  }

  @Override
  PublicKey key(Opaque peerShare) throws TlsException {
    check(peerShare);
    // Encoded, since providers that are not Java's would encode a point's numbers first.
    try {
      return KeyFactory.getInstance("EC", provider())
          .generatePublic(new X509EncodedKeySpec(curve.subjectPublicKeyInfo(peerShare)));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private void check(Opaque share) throws TlsException {
    int length = curve.fieldLength();
    if (share.length() != 1 + 2 * length) {
      throw refused("is " + share.length() + " bytes long");
    }
    if (share.at(0) != UNCOMPRESSED) {
      throw refused("is no uncompressed point");
    }
    BigInteger x = coordinate(share, 1);
    BigInteger y = coordinate(share, 1 + length);
    // RFC 8446, Section 4.2.8.2: "peers MUST validate each other's public value Q by ensuring that
    // the point is a valid point on the elliptic curve". No point at infinity has this form.
    if (!curve.contains(x, y)) {
      throw refused("is not on the curve");
    }
  }

  private BigInteger coordinate(Opaque share, int at) {
    return new BigInteger(1, share.array(), share.offset() + at, curve.fieldLength());
  }
}
