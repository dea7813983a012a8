/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;

/** ML-KEM-768 (FIPS 203) over the KEM interface of JCA. */
final class MlKem768 {
  static final int ENCAPSULATION_KEY_LENGTH = 1184;
  static final int CIPHERTEXT_LENGTH = 1088;
  static final int SECRET_LENGTH = 32;

  private static final String NAME = "ML-KEM-768";
  private static final int MODULUS = 3329;

  /** The coefficients come first, two in three bytes; a seed of 32 bytes follows. */
  private static final int COEFFICIENTS_LENGTH = 1152;

  /** Of a SubjectPublicKeyInfo: RFC 9935, Section 4. */
  private static final byte[] PREFIX =
      HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

  private final Provider provider;
  private final SecureRandom random;

  MlKem768(Provider provider, SecureRandom random) {
    this.provider = provider;
    this.random = random;
  }

  KeyPair generate() throws TlsException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME, provider);
      generator.initialize(NamedParameterSpec.ML_KEM_768, random);
      return generator.generateKeyPair();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static Opaque encapsulationKey(PublicKey key) throws TlsException {
    byte[] encoded = key.getEncoded();
    if (encoded == null || encoded.length != PREFIX.length + ENCAPSULATION_KEY_LENGTH) {
      throw TlsException.internal("The provider's ML-KEM-768 key is odd", null);
    }
    return Opaque.takeOver(encoded, PREFIX.length, ENCAPSULATION_KEY_LENGTH);
  }

  KEM.Encapsulated encapsulate(Opaque encapsulationKey) throws TlsException {
    check(encapsulationKey);
    byte[] encoded = new byte[PREFIX.length + ENCAPSULATION_KEY_LENGTH];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    encapsulationKey.copyTo(encoded, PREFIX.length);
    try {
      PublicKey key =
          KeyFactory.getInstance(NAME, provider).generatePublic(new X509EncodedKeySpec(encoded));
      return KEM.getInstance(NAME, provider).newEncapsulator(key, null, random).encapsulate();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Another secret, not a failure, if {@code ciphertext} was not made for {@code key}. */
  byte[] decapsulate(PrivateKey key, Opaque ciphertext) throws TlsException {
    try {
      return bytes(
          KEM.getInstance(NAME, provider).newDecapsulator(key).decapsulate(ciphertext.toArray()));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static byte[] bytes(SecretKey secret) throws TlsException {
    byte[] bytes = secret.getEncoded();
    if (bytes == null || bytes.length != SECRET_LENGTH) {
      throw TlsException.internal("The provider's ML-KEM-768 secret is odd", null);
    }
    return bytes;
  }

  static void destroy(PrivateKey key) {
    try {
      key.destroy();
    } catch (DestroyFailedException _) {
      // Then the collector has to do.
    }
  }

  /**
   * The modulus check of FIPS 203, Section 7.2. Providers ought to make it; it is made here so that
   * a failure is the peer's and has the alert that the draft asks for.
   */
  private static void check(Opaque encapsulationKey) throws TlsException {
    for (int i = 0; i < COEFFICIENTS_LENGTH; i += 3) {
      int middle = encapsulationKey.at(i + 1);
      int low = encapsulationKey.at(i) | (middle & 0x0f) << 8;
      int high = middle >> 4 | encapsulationKey.at(i + 2) << 4;
      if (low >= MODULUS || high >= MODULUS) {
        throw TlsException.illegalParameter("The peer's ML-KEM-768 key is out of range");
      }
    }
  }

  private static TlsException failed(Throwable cause) {
    return TlsException.internal("The provider of ML-KEM-768 failed", cause);
  }
}
