/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** Which keys go with which signature schemes. */
final class SignatureKeys {
  /** A key that verifies takes time with its square; nobody has one longer than 8,192 bits. */
  private static final int MAXIMUM_RSA_BITS = 8_192;

  /** PKCS#1's DigestInfo without the hash, and its least padding: RFC 8017, Section 9.2. */
  private static final int PKCS1_OVERHEAD = 19 + 11;

  private SignatureKeys() {}

  /**
   * Whether {@code key} is of the scheme's kind, going by its name: all that can be asked of any.
   */
  static boolean isOfKind(SignatureScheme scheme, Key key) {
    String algorithm = key.getAlgorithm();
    return switch (scheme.kind()) {
      case ECDSA -> "EC".equals(algorithm) || "ECDSA".equals(algorithm);
      case ED25519 -> isEd25519(key);
      case RSA_PSS_RSAE, RSA_PKCS1 -> "RSA".equals(algorithm);
      case RSA_PSS_PSS -> "RSASSA-PSS".equals(algorithm);
    };
  }

  /** Whether {@code key} is of the scheme's kind and long enough for it. */
  static boolean fits(SignatureScheme scheme, PublicKey key) {
    return isOfKind(scheme, key)
        && switch (scheme.kind()) {
          case ECDSA -> key instanceof ECPublicKey;
          case ED25519 -> true;
          case RSA_PSS_RSAE, RSA_PKCS1 ->
              key instanceof RSAPublicKey rsa && isLongEnough(scheme, rsa);
          case RSA_PSS_PSS ->
              key instanceof RSAPublicKey rsa
                  && isLongEnough(scheme, rsa)
                  && allows(scheme, rsa.getParams());
        };
  }

  static boolean isOnNamedCurve(SignatureScheme scheme, PublicKey key) {
    return switch (scheme) {
      case ECDSA_SECP256R1_SHA256 -> isOn(PrimeCurve.SECP256R1, key);
      case ECDSA_SECP384R1_SHA384 -> isOn(PrimeCurve.SECP384R1, key);
      case ED25519,
          RSA_PSS_RSAE_SHA256,
          RSA_PSS_RSAE_SHA384,
          RSA_PSS_RSAE_SHA512,
          RSA_PSS_PSS_SHA256,
          RSA_PSS_PSS_SHA384,
          RSA_PSS_PSS_SHA512,
          RSA_PKCS1_SHA256,
          RSA_PKCS1_SHA384,
          RSA_PKCS1_SHA512 ->
          true;
    };
  }

  private static boolean isOn(PrimeCurve curve, PublicKey key) {
    return key instanceof ECKey onCurve && PrimeCurve.of(onCurve) == curve;
  }

  private static boolean isEd25519(Key key) {
    return key instanceof EdECKey edwards
        ? "Ed25519".equalsIgnoreCase(edwards.getParams().getName())
        : "Ed25519".equals(key.getAlgorithm());
  }

  private static boolean isLongEnough(SignatureScheme scheme, RSAKey key) {
    int bits = key.getModulus().bitLength();
    int hash = scheme.hashLength();
    return bits <= MAXIMUM_RSA_BITS
        && switch (scheme.kind()) {
          case RSA_PKCS1 -> (bits + 7) / 8 >= hash + PKCS1_OVERHEAD;
          // RFC 8017, Section 9.1.1: emLen >= hLen + sLen + 2, and emBits is modBits - 1.
          case RSA_PSS_RSAE, RSA_PSS_PSS -> (bits + 6) / 8 >= 2 * hash + 2;
          case ECDSA, ED25519 -> false;
        };
  }

  /**
   * RFC 8446, Section 4.2.3: "If the corresponding public key's parameters are present, then the
   * parameters in the signature MUST be identical to those in the public key."
   */
  private static boolean allows(SignatureScheme scheme, @Nullable AlgorithmParameterSpec limits) {
    PSSParameterSpec wanted = scheme.parameters();
    if (limits == null || wanted == null) {
      return true;
    }
    return limits instanceof PSSParameterSpec given
        && wanted.getDigestAlgorithm().equalsIgnoreCase(given.getDigestAlgorithm())
        && given.getMGFParameters() instanceof MGF1ParameterSpec mask
        && wanted.getDigestAlgorithm().equalsIgnoreCase(mask.getDigestAlgorithm())
        && wanted.getSaltLength() == given.getSaltLength()
        && wanted.getTrailerField() == given.getTrailerField();
  }
}
