/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Library.class)
final class SignaturesTest {
  private static final byte[] CONTENT =
      "TLS 1.3, server CertificateVerify".getBytes(StandardCharsets.US_ASCII);

  private final Library library;
  private final Signatures signatures;

  SignaturesTest(Library library) {
    this.library = library;
    signatures = library.crypto().signatures();
  }

  @ParameterizedTest
  @EnumSource
  void verifiesWhatWasSigned(SignatureScheme scheme) throws TlsException {
    KeyPair pair = TestKeys.of(scheme);
    Opaque signature = signatures.sign(scheme, pair.getPrivate(), CONTENT);
    signatures.verify(scheme, pair.getPublic(), CONTENT, signature);
    byte[] message = new byte[signature.length() + 9];
    signature.copyTo(message, 4);
    Opaque inMessage = Opaque.takeOver(message, 4, signature.length());
    signatures.verify(scheme, pair.getPublic(), CONTENT, inMessage);
  }

  @ParameterizedTest
  @EnumSource
  void refusesOtherContent(SignatureScheme scheme) throws TlsException {
    Opaque signature = sign(scheme);
    assertRefused(scheme, TestCrypto.flipped(CONTENT, 0), signature);
    assertRefused(scheme, TestCrypto.flipped(CONTENT, 8 * CONTENT.length - 1), signature);
    assertRefused(scheme, Arrays.copyOf(CONTENT, CONTENT.length - 1), signature);
    assertRefused(scheme, Arrays.copyOf(CONTENT, CONTENT.length + 1), signature);
    assertRefused(scheme, new byte[0], signature);
  }

  @ParameterizedTest
  @EnumSource
  void refusesSignaturesThatWereTouched(SignatureScheme scheme) throws TlsException {
    byte[] signature = sign(scheme).toArray();
    for (int bit = 0; bit < 8 * signature.length; bit += 7) {
      assertRefused(scheme, CONTENT, Opaque.takeOver(TestCrypto.flipped(signature, bit)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryOtherLength(SignatureScheme scheme) throws TlsException {
    byte[] signature = sign(scheme).toArray();
    for (int length = 0; length < signature.length; length++) {
      assertRefused(scheme, CONTENT, Opaque.takeOver(Arrays.copyOf(signature, length)));
    }
    byte[] longer = Arrays.copyOf(signature, signature.length + 1);
    assertRefused(scheme, CONTENT, Opaque.takeOver(longer));
    byte[] padded = new byte[signature.length + 1];
    System.arraycopy(signature, 0, padded, 1, signature.length);
    assertRefused(scheme, CONTENT, Opaque.takeOver(padded));
  }

  @ParameterizedTest
  @EnumSource
  void refusesTheSignatureOfAnotherScheme(SignatureScheme scheme) throws TlsException {
    Opaque signature = sign(scheme);
    for (SignatureScheme other : SignatureScheme.values()) {
      if (other != scheme) {
        assertAlert(
            AlertDescription.DECRYPT_ERROR,
            () -> signatures.verify(other, TestKeys.of(scheme).getPublic(), CONTENT, signature));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void meetsEveryWrongKeyWithAnAlert(SignatureScheme scheme) throws TlsException {
    Opaque signature = sign(scheme);
    for (KeyPair pair : allKeys()) {
      if (!SignatureKeys.fits(scheme, pair.getPublic())) {
        assertAlert(
            AlertDescription.DECRYPT_ERROR,
            () -> signatures.verify(scheme, pair.getPublic(), CONTENT, signature));
      }
      if (!SignatureKeys.isOfKind(scheme, pair.getPrivate())) {
        assertAlert(
            AlertDescription.INTERNAL_ERROR,
            () -> signatures.sign(scheme, pair.getPrivate(), CONTENT));
      }
    }
  }

  @Test
  void cannotSignWithAKeyThatIsTooShort() {
    PrivateKey key = TestKeys.RSA_512.getPrivate();
    assertAlert(
        AlertDescription.INTERNAL_ERROR,
        () -> signatures.sign(SignatureScheme.RSA_PSS_RSAE_SHA256, key, CONTENT));
  }

  @Test
  void cannotSignWithAKeyThatNoProviderUnderstands() {
    for (String algorithm : List.of("EC", "Ed25519", "RSA", "RSASSA-PSS")) {
      for (SignatureScheme scheme : SignatureScheme.values()) {
        assertAlert(
            AlertDescription.INTERNAL_ERROR,
            () -> signatures.sign(scheme, new TokenKey(algorithm), CONTENT));
      }
    }
  }

  @Test
  void drawsItsRandomnessFromTheGivenSource() throws TlsException {
    PrivateKey key = TestKeys.P256.getPrivate();
    SignatureScheme scheme = SignatureScheme.ECDSA_SECP256R1_SHA256;
    Opaque first = signatures.sign(scheme, key, CONTENT);
    assertNotEquals(first, signatures.sign(scheme, key, CONTENT));
    if (library == Library.JDK) {
      assertEquals(first, library.crypto().signatures().sign(scheme, key, CONTENT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheJdk(SignatureScheme scheme) throws TlsException {
    KeyPair pair = TestKeys.of(scheme);
    Signatures jdk = TestCrypto.jdk().signatures();
    jdk.verify(scheme, pair.getPublic(), CONTENT, sign(scheme));
    Opaque theirs = jdk.sign(scheme, pair.getPrivate(), CONTENT);
    signatures.verify(scheme, pair.getPublic(), CONTENT, theirs);
  }

  @Test
  void refusesRsaPssWithAnotherSalt() throws Exception {
    SignatureScheme scheme = SignatureScheme.RSA_PSS_RSAE_SHA256;
    for (int salt : new int[] {0, 20, 31, 33, 64}) {
      Signature signing = Signature.getInstance("RSASSA-PSS");
      signing.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
      signing.initSign(TestKeys.of(scheme).getPrivate());
      signing.update(CONTENT);
      assertRefused(scheme, CONTENT, Opaque.takeOver(signing.sign()));
    }
  }

  @Test
  void refusesEcdsaSignaturesThatAreNotDer() throws TlsException {
    SignatureScheme scheme = SignatureScheme.ECDSA_SECP256R1_SHA256;
    String der = TestCrypto.hex(sign(scheme).toArray());
    int length = der.length() / 2 - 2;
    String numbers = der.substring(4);
    for (String other :
        List.of(
            "3081%02x".formatted(length) + numbers,
            "3080" + numbers + "0000",
            "31" + der.substring(2),
            "30%02x".formatted(length + 2) + numbers + "0500",
            "30%02x".formatted(length + 1) + "02" + longer(numbers))) {
      assertRefused(scheme, CONTENT, TestCrypto.opaque(other));
    }
  }

  /** The first number with a zero before it that is not needed; without its tag. */
  private static String longer(String numbers) {
    int length = Integer.parseInt(numbers.substring(2, 4), 16);
    return "%02x00".formatted(length + 1) + numbers.substring(4);
  }

  @Test
  void refusesEcdsaSignaturesOfZeroAndOfTheOrder() {
    BigInteger order = PrimeCurve.SECP256R1.parameters().getOrder();
    for (BigInteger r : List.of(BigInteger.ZERO, BigInteger.ONE, order)) {
      for (BigInteger s : List.of(BigInteger.ZERO, order)) {
        assertRefused(
            SignatureScheme.ECDSA_SECP256R1_SHA256, CONTENT, EcdsaSignatureTest.encode(r, s));
      }
    }
  }

  private Opaque sign(SignatureScheme scheme) throws TlsException {
    return signatures.sign(scheme, TestKeys.of(scheme).getPrivate(), CONTENT);
  }

  private void assertRefused(SignatureScheme scheme, byte[] content, Opaque signature) {
    assertAlert(
        AlertDescription.DECRYPT_ERROR,
        () -> signatures.verify(scheme, TestKeys.of(scheme).getPublic(), content, signature));
  }

  private static List<KeyPair> allKeys() {
    return List.of(
        TestKeys.P256,
        TestKeys.P384,
        TestKeys.P521,
        TestKeys.ED25519,
        TestKeys.ED448,
        TestKeys.X25519,
        TestKeys.ML_DSA,
        TestKeys.RSA_512,
        TestKeys.RSA_2048,
        TestKeys.RSA_PSS_2048);
  }
}
