/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** X25519: RFC 7748, with shares as RFC 8446, Section 4.2.8.2 wants them. */
final class X25519Curve extends JcaCurve {
  static final int SHARE_LENGTH = 32;

  private static final int SIZE = 255;

  /** Of a SubjectPublicKeyInfo: RFC 8410, Section 4. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b656e032100");

  X25519Curve(Provider provider, SecureRandom random) {
    super(NamedGroup.X25519, provider, random);
  }

  @Override
  String generatorName() {
    return "X25519";
  }

  @Override
  String agreementName() {
    return "X25519";
  }

  /** By its size: of all that names a curve this is what every provider takes. */
  @Override
  void initialize(KeyPairGenerator generator, SecureRandom random) {
    generator.initialize(SIZE, random);
  }

  @Override
  int secretLength() {
    return 32;
  }

  /**
   * RFC 8446, Section 7.4.2: "Implementations MUST check whether the computed Diffie-Hellman shared
   * secret is the all-zero value and abort if so".
   */
  @Override
  void check(byte[] secret) throws TlsException {
    int anyBit = 0;
    for (byte part : secret) {
      anyBit |= part;
    }
    if (anyBit == 0) {
      throw refused("has a small order");
    }
  }

  @Override
  Opaque share(PublicKey key) throws TlsException {
    return tail(key, SHARE_LENGTH);
  }

  @Override
  PublicKey key(Opaque peerShare) throws TlsException {
    if (peerShare.length() != SHARE_LENGTH) {
      throw refused("is " + peerShare.length() + " bytes long");
    }
    byte[] encoded = new byte[PREFIX.length + SHARE_LENGTH];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    peerShare.copyTo(encoded, PREFIX.length);
    try {
      return KeyFactory.getInstance("X25519", provider())
          .generatePublic(new X509EncodedKeySpec(encoded));
    } catch (Throwable e) {
      // Every string of 32 bytes is a share.
      throw failed(e);
    }
  }
}
