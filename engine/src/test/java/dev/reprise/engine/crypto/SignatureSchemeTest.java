/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.wire.ProtocolVersion;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which keys sign by which schemes in which version. */
final class SignatureSchemeTest {
  private static final Set<SignatureScheme> RSAE_PSS =
      EnumSet.of(
          SignatureScheme.RSA_PSS_RSAE_SHA256,
          SignatureScheme.RSA_PSS_RSAE_SHA384,
          SignatureScheme.RSA_PSS_RSAE_SHA512);
  private static final Set<SignatureScheme> PKCS1 =
      EnumSet.of(
          SignatureScheme.RSA_PKCS1_SHA256,
          SignatureScheme.RSA_PKCS1_SHA384,
          SignatureScheme.RSA_PKCS1_SHA512);
  private static final Set<SignatureScheme> PSS_PSS =
      EnumSet.of(
          SignatureScheme.RSA_PSS_PSS_SHA256,
          SignatureScheme.RSA_PSS_PSS_SHA384,
          SignatureScheme.RSA_PSS_PSS_SHA512);
  private static final Set<SignatureScheme> ECDSA =
      EnumSet.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.ECDSA_SECP384R1_SHA384);

  @Test
  void bindsTheCurveInTls13() {
    assertUsable(ProtocolVersion.TLS13, TestKeys.P256.getPublic(), "ECDSA_SECP256R1_SHA256");
    assertUsable(ProtocolVersion.TLS13, TestKeys.P384.getPublic(), "ECDSA_SECP384R1_SHA384");
    assertUsable(ProtocolVersion.TLS13, TestKeys.P521.getPublic());
  }

  @Test
  void leavesTheCurveOpenInTls12() {
    assertEquals(ECDSA, usable(ProtocolVersion.TLS12, TestKeys.P256.getPublic()));
    assertEquals(ECDSA, usable(ProtocolVersion.TLS12, TestKeys.P384.getPublic()));
    assertEquals(ECDSA, usable(ProtocolVersion.TLS12, TestKeys.P521.getPublic()));
  }

  @Test
  void keepsPkcs1OutOfTls13() {
    assertEquals(RSAE_PSS, usable(ProtocolVersion.TLS13, TestKeys.RSA_2048.getPublic()));
    Set<SignatureScheme> both = EnumSet.copyOf(RSAE_PSS);
    both.addAll(PKCS1);
    assertEquals(both, usable(ProtocolVersion.TLS12, TestKeys.RSA_2048.getPublic()));
  }

  @Test
  void keepsPssKeysToTheirOwnSchemes() {
    PublicKey key = TestKeys.RSA_PSS_2048.getPublic();
    assertEquals(PSS_PSS, usable(ProtocolVersion.TLS12, key));
    assertEquals(PSS_PSS, usable(ProtocolVersion.TLS13, key));
  }

  @Test
  void usesEd25519AndNoOtherEdwardsCurve() {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      assertUsable(version, TestKeys.ED25519.getPublic(), "ED25519");
      assertUsable(version, TestKeys.ED448.getPublic());
      assertUsable(version, TestKeys.X25519.getPublic());
      assertUsable(version, TestKeys.ML_DSA.getPublic());
    }
  }

  @Test
  void asksForAnRsaKeyThatTheHashAndSaltFitInto() throws Exception {
    assertUsable(
        ProtocolVersion.TLS13,
        TestKeys.RSA_1024.getPublic(),
        "RSA_PSS_RSAE_SHA256",
        "RSA_PSS_RSAE_SHA384");
    assertUsable(ProtocolVersion.TLS13, rsa("RSA", 521, null));
    assertUsable(ProtocolVersion.TLS13, rsa("RSA", 522, null), "RSA_PSS_RSAE_SHA256");
    assertUsable(ProtocolVersion.TLS12, TestKeys.RSA_512.getPublic(), "RSA_PKCS1_SHA256");
  }

  @Test
  void refusesRsaKeysThatTakeForeverToVerify() throws Exception {
    assertFalse(usable(ProtocolVersion.TLS13, rsa("RSA", 8192, null)).isEmpty());
    assertUsable(ProtocolVersion.TLS13, rsa("RSA", 8193, null));
    assertUsable(ProtocolVersion.TLS12, rsa("RSA", 8193, null));
    assertUsable(ProtocolVersion.TLS13, rsa("RSASSA-PSS", 8193, null));
  }

  @Test
  void holdsAPssKeyToItsParameters() throws Exception {
    assertPss(pss("SHA-256", "SHA-256", 32), "RSA_PSS_PSS_SHA256");
    assertPss(pss("SHA-384", "SHA-384", 48), "RSA_PSS_PSS_SHA384");
    assertPss(pss("SHA-512", "SHA-512", 64), "RSA_PSS_PSS_SHA512");
    assertPss(pss("SHA-256", "SHA-256", 20));
    assertPss(pss("SHA-256", "SHA-384", 32));
    assertPss(pss("SHA-1", "SHA-1", 20));
  }

  @Test
  void knowsPssParameters() {
    for (SignatureScheme scheme : SignatureScheme.values()) {
      PSSParameterSpec parameters = scheme.parameters();
      assertEquals(scheme.name().contains("PSS"), parameters != null);
      if (parameters != null) {
        String bits = scheme.name().substring(scheme.name().length() - 3);
        assertEquals("SHA-" + bits, parameters.getDigestAlgorithm());
        assertEquals("MGF1", parameters.getMGFAlgorithm());
        MGF1ParameterSpec mask = (MGF1ParameterSpec) parameters.getMGFParameters();
        assertEquals("SHA-" + bits, mask.getDigestAlgorithm());
        assertEquals(Integer.parseInt(bits), 8 * parameters.getSaltLength());
        assertEquals(1, parameters.getTrailerField());
      }
    }
  }

  @Test
  void isUsableWithTheKeyOfItsKind() {
    for (SignatureScheme scheme : SignatureScheme.values()) {
      PublicKey key = TestKeys.of(scheme).getPublic();
      assertTrue(scheme.usableWith(key, ProtocolVersion.TLS12));
      assertEquals(!PKCS1.contains(scheme), scheme.usableWith(key, ProtocolVersion.TLS13));
    }
  }

  private static void assertPss(PSSParameterSpec parameters, String... schemes) throws Exception {
    assertUsable(ProtocolVersion.TLS13, rsa("RSASSA-PSS", 2048, parameters), schemes);
  }

  private static void assertUsable(ProtocolVersion version, PublicKey key, String... schemes) {
    Set<SignatureScheme> expected =
        Arrays.stream(schemes).map(SignatureScheme::valueOf).collect(Collectors.toSet());
    assertEquals(expected, usable(version, key));
  }

  private static Set<SignatureScheme> usable(ProtocolVersion version, PublicKey key) {
    return List.of(SignatureScheme.values()).stream()
        .filter(scheme -> scheme.usableWith(key, version))
        .collect(Collectors.toSet());
  }

  private static PSSParameterSpec pss(String hash, String maskHash, int salt) {
    return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(maskHash), salt, 1);
  }

  /** A key of that many bits that nobody has the private half of. */
  private static RSAPublicKey rsa(String algorithm, int bits, @Nullable PSSParameterSpec parameters)
      throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    RSAPublicKeySpec specification =
        new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537), parameters);
    return (RSAPublicKey) KeyFactory.getInstance(algorithm).generatePublic(specification);
  }
}
