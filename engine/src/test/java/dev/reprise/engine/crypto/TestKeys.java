/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.KeyPair;

/** Keys to sign with; those of RSA are the same in every run. */
final class TestKeys {
  static final KeyPair P256 = TestCrypto.keyPair("EC", 256);
  static final KeyPair P384 = TestCrypto.keyPair("EC", 384);
  static final KeyPair P521 = TestCrypto.keyPair("EC", 521);
  static final KeyPair ED25519 = TestCrypto.keyPair("Ed25519", 0);
  static final KeyPair ED448 = TestCrypto.keyPair("Ed448", 0);
  static final KeyPair X25519 = TestCrypto.keyPair("X25519", 0);
  static final KeyPair ML_DSA = TestCrypto.keyPair("ML-DSA", 0);
  static final KeyPair RSA_512 = TestCrypto.keyPair("RSA", 512);
  static final KeyPair RSA_1024 = TestCrypto.keyPair("RSA", 1024);
  static final KeyPair RSA_2048 = TestCrypto.keyPair("RSA", 2048);
  static final KeyPair RSA_PSS_2048 = TestCrypto.keyPair("RSASSA-PSS", 2048);

  private TestKeys() {}

  /** One that signs by {@code scheme} in both versions, as far as the scheme does. */
  static KeyPair of(SignatureScheme scheme) {
    return switch (scheme) {
      case ECDSA_SECP256R1_SHA256 -> P256;
      case ECDSA_SECP384R1_SHA384 -> P384;
      case ED25519 -> ED25519;
      case RSA_PSS_RSAE_SHA256,
          RSA_PSS_RSAE_SHA384,
          RSA_PSS_RSAE_SHA512,
          RSA_PKCS1_SHA256,
          RSA_PKCS1_SHA384,
          RSA_PKCS1_SHA512 ->
          RSA_2048;
      case RSA_PSS_PSS_SHA256, RSA_PSS_PSS_SHA384, RSA_PSS_PSS_SHA512 -> RSA_PSS_2048;
    };
  }
}
