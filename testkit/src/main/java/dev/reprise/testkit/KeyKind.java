/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key a test certificate can have. */
public enum KeyKind {
  ECDSA_P256("EC", new ECGenParameterSpec("secp256r1")),
  ECDSA_P384("EC", new ECGenParameterSpec("secp384r1")),
  ED25519("Ed25519", NamedParameterSpec.ED25519),
  RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
  /**
   * A key whose certificate says id-RSASSA-PSS, without parameters: it signs with rsa_pss_pss_*
   * schemes only (RFC 8446, Section 4.2.3).
   */
  RSA_PSS_2048("RSASSA-PSS", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

  private final String algorithm;

  // Immutable in fact; the interface cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final AlgorithmParameterSpec parameters;

  KeyKind(String algorithm, AlgorithmParameterSpec parameters) {
    this.algorithm = algorithm;
    this.parameters = parameters;
  }

  KeyPair generate(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(parameters, random);
    return generator.generateKeyPair();
  }
}
