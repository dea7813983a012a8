/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import static dev.reprise.engine.crypto.TestCrypto.assertAlert;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider throws comes out as an alert, with the provider's exception as the cause. */
final class ProviderFaultTest {
  private static final byte[] NONCE = new byte[12];

  @Test
  void reportsWhatNoProviderHas() throws TlsException {
    CryptoProvider empty =
        all(
            new Provider("Empty", "1", "Has nothing") {
              private static final long serialVersionUID = 1L;
            });
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      assertMissing(() -> empty.digests().digest(hash));
      assertMissing(() -> new Hmac(hash, empty));
    }
    for (AeadAlgorithm aead : AeadAlgorithm.values()) {
      Secret key = Secret.takeOver(new byte[aead.keyLength()]);
      assertMissing(() -> empty.aeads().sealing(aead, key));
      assertMissing(() -> empty.aeads().opening(aead, key));
    }
    for (NamedGroup group : NamedGroup.values()) {
      Opaque share = exchange(TestCrypto.jdk(), group).offer().share();
      assertMissing(() -> exchange(empty, group).offer());
      assertMissing(() -> exchange(empty, group).answer(share));
    }
    for (SignatureScheme scheme : SignatureScheme.values()) {
      KeyPair pair = TestKeys.of(scheme);
      Opaque signature = TestCrypto.jdk().signatures().sign(scheme, pair.getPrivate(), NONCE);
      assertMissing(() -> empty.signatures().sign(scheme, pair.getPrivate(), NONCE));
      assertMissing(() -> empty.signatures().verify(scheme, pair.getPublic(), NONCE, signature));
    }
  }

  @Test
  void reportsAFaultyMac() throws TlsException {
    CryptoProvider crypto = faulty("Mac");
    Secret secret = Secret.takeOver(new byte[32]);
    Hkdf hkdf = new Hkdf(HashAlgorithm.SHA256, crypto);
    Tls12Prf prf = new Tls12Prf(HashAlgorithm.SHA256, crypto);
    assertFault(() -> hkdf.extract(secret, null));
    assertFault(() -> hkdf.expandLabel(secret, "key", NONCE, 16));
    assertFault(() -> prf.expand(secret, "key expansion", NONCE, 16));
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothingOfWhatAFaultyCipherWrote(AeadAlgorithm algorithm) throws TlsException {
    AeadCiphers ciphers = faulty("Cipher").aeads();
    Secret key = Secret.takeOver(new byte[algorithm.keyLength()]);
    Aead sealing = ciphers.sealing(algorithm, key);
    Aead opening = ciphers.opening(algorithm, key);
    ByteBuffer content = ByteBuffer.wrap(SealedPair.plain(100));
    ByteBuffer out = ByteBuffer.allocate(200);
    assertFault(() -> sealing.seal(NONCE, NONCE, 12, content, 23, out));
    assertFault(() -> sealing.seal(NONCE, NONCE, 12, content, Aead.NO_TRAILING_BYTE, out));
    assertFault(() -> opening.open(NONCE, NONCE, 12, content, out));
    assertEquals(0, content.position());
    assertEquals(0, out.position());
    assertArrayEquals(new byte[200], out.array());
  }

  @ParameterizedTest
  @EnumSource
  void reportsAFaultyGenerator(NamedGroup group) throws TlsException {
    Opaque share = exchange(TestCrypto.jdk(), group).offer().share();
    KeyExchange faulty = exchange(faulty("KeyPairGenerator"), group);
    assertFault(faulty::offer);
    assertFault(() -> faulty.answer(share));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KeyAgreement", "KeyFactory"})
  void reportsAFaultyAgreement(String type) throws TlsException {
    for (NamedGroup group : NamedGroup.values()) {
      KeyExchange faulty = exchange(faulty(type), group);
      KeyShareOffer offer = faulty.offer();
      KeyShareAnswer answer = exchange(TestCrypto.jdk(), group).answer(offer.share());
      assertFault(() -> offer.complete(answer.share()));
      assertFault(() -> faulty.answer(offer.share()));
    }
  }

  @Test
  void refusesASecretOfZerosThatItsProviderLetPass() throws TlsException {
    for (NamedGroup group : List.of(NamedGroup.X25519, NamedGroup.X25519MLKEM768)) {
      KeyExchange zeros = exchange(agreeing(new byte[32]), group);
      KeyShareOffer offer = zeros.offer();
      KeyShareAnswer answer = exchange(TestCrypto.jdk(), group).answer(offer.share());
      assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> offer.complete(answer.share()));
      assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> zeros.answer(offer.share()));
    }
  }

  @Test
  void takesACoordinateOfZeroForTheSecretThatItIs() throws TlsException {
    // No peer can bring it about, and RFC 8446, Section 7.4.1 makes no exception of it.
    for (PrimeCurve curve : PrimeCurve.values()) {
      KeyExchange zeros = exchange(agreeing(new byte[curve.fieldLength()]), curve.group());
      KeyShareAnswer answer = zeros.answer(zeros.offer().share());
      assertEquals(curve.fieldLength(), answer.sharedSecret().length());
    }
  }

  @Test
  void refusesPointsOffTheCurveThatItsProviderLetPass() throws TlsException {
    for (PrimeCurve curve : PrimeCurve.values()) {
      byte[] secret = new byte[curve.fieldLength()];
      KeyExchange careless = exchange(agreeing(secret), curve.group());
      byte[] share = careless.offer().share().toArray();
      careless.answer(Opaque.copyOf(share));
      Opaque offTheCurve = Opaque.takeOver(TestCrypto.flipped(share, 8 * share.length - 1));
      assertAlert(AlertDescription.ILLEGAL_PARAMETER, () -> careless.answer(offTheCurve));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesMalformedSignaturesThatItsProviderLetPass(SignatureScheme scheme)
      throws TlsException {
    KeyPair pair = TestKeys.of(scheme);
    byte[] signature =
        TestCrypto.jdk().signatures().sign(scheme, pair.getPrivate(), NONCE).toArray();
    Signatures careless = approving().signatures();
    careless.verify(scheme, pair.getPublic(), new byte[1], Opaque.copyOf(signature));
    for (int change : new int[] {-signature.length, -1, 1}) {
      byte[] malformed = Arrays.copyOf(signature, signature.length + change);
      assertAlert(
          AlertDescription.DECRYPT_ERROR,
          () -> careless.verify(scheme, pair.getPublic(), NONCE, Opaque.takeOver(malformed)));
    }
  }

  @Test
  void reportsASecretOfOddLength() throws TlsException {
    byte[] odd = new byte[31];
    odd[0] = 1;
    for (NamedGroup group : NamedGroup.values()) {
      KeyExchange exchange = exchange(agreeing(odd), group);
      KeyShareOffer offer = exchange.offer();
      assertAlert(AlertDescription.INTERNAL_ERROR, () -> exchange.answer(offer.share()));
    }
  }

  @Test
  void reportsAFaultyKem() throws TlsException {
    KeyExchange faulty = exchange(faulty("KEM"), NamedGroup.X25519MLKEM768);
    KeyShareOffer offer = faulty.offer();
    KeyShareAnswer answer =
        exchange(TestCrypto.jdk(), NamedGroup.X25519MLKEM768).answer(offer.share());
    assertFault(() -> offer.complete(answer.share()));
    assertFault(() -> faulty.answer(offer.share()));
  }

  @ParameterizedTest
  @EnumSource
  void reportsAFaultySignature(SignatureScheme scheme) throws TlsException {
    Signatures faulty = faulty("Signature").signatures();
    KeyPair pair = TestKeys.of(scheme);
    Opaque signature = TestCrypto.jdk().signatures().sign(scheme, pair.getPrivate(), NONCE);
    assertFault(() -> faulty.sign(scheme, pair.getPrivate(), NONCE));
    // What throws at a peer's signature counts as a wrong signature.
    assertAlert(
        AlertDescription.DECRYPT_ERROR,
        () -> faulty.verify(scheme, pair.getPublic(), NONCE, signature));
  }

  @Test
  void hasNoGroupThatItWasNotGiven() {
    CryptoProvider jdk = TestCrypto.jdk();
    CryptoProvider fewer =
        new CryptoProvider(
            jdk.random(),
            jdk.digests(),
            jdk.aeads(),
            List.of(exchange(jdk, NamedGroup.X25519)),
            jdk.signatures());
    assertNotNull(fewer.keyExchange(NamedGroup.X25519));
    assertNull(fewer.keyExchange(NamedGroup.SECP256R1));
  }

  @Test
  void takesNoGroupTwice() {
    CryptoProvider jdk = TestCrypto.jdk();
    KeyExchange exchange = exchange(jdk, NamedGroup.X25519);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CryptoProvider(
                jdk.random(),
                jdk.digests(),
                jdk.aeads(),
                List.of(exchange, exchange),
                jdk.signatures()));
  }

  @Test
  void takesEverythingFromTheJdk() {
    JcaProviders jdk = JcaProviders.jdk();
    assertEquals("SUN", jdk.digest().getName());
    assertEquals("SunJCE", jdk.hmac().getName());
    assertEquals("SunJCE", jdk.aesGcm().getName());
    assertEquals("SunJCE", jdk.chaCha20Poly1305().getName());
    assertEquals("SunEC", jdk.x25519().getName());
    assertEquals("SunEC", jdk.ellipticCurve().getName());
    assertEquals("SunJCE", jdk.mlKem().getName());
    assertEquals("SunEC", jdk.ecdsa().getName());
    assertEquals("SunEC", jdk.ed25519().getName());
    assertEquals("SunRsaSign", jdk.rsa().getName());
  }

  private static void assertMissing(Executable executable) {
    TlsException exception = assertAlert(AlertDescription.INTERNAL_ERROR, executable);
    assertInstanceOf(NoSuchAlgorithmException.class, exception.getCause());
  }

  private static void assertFault(Executable executable) {
    TlsException exception = assertAlert(AlertDescription.INTERNAL_ERROR, executable);
    assertInstanceOf(IllegalArgumentException.class, exception.getCause());
  }

  private static KeyExchange exchange(CryptoProvider crypto, NamedGroup group) {
    return Objects.requireNonNull(crypto.keyExchange(group));
  }

  private static CryptoProvider all(Provider one) {
    return JcaCryptoProvider.create(
        SeededRandom.of(2), new JcaProviders(one, one, one, one, one, one, one, one, one, one));
  }

  private static CryptoProvider approving() {
    JcaProviders jdk = JcaProviders.jdk();
    return JcaCryptoProvider.create(
        SeededRandom.of(2),
        new JcaProviders(
            jdk.digest(),
            jdk.hmac(),
            jdk.aesGcm(),
            jdk.chaCha20Poly1305(),
            jdk.x25519(),
            jdk.ellipticCurve(),
            jdk.mlKem(),
            FaultyProvider.approving(jdk.ecdsa()),
            FaultyProvider.approving(jdk.ed25519()),
            FaultyProvider.approving(jdk.rsa())));
  }

  private static CryptoProvider agreeing(byte[] secret) {
    JcaProviders jdk = JcaProviders.jdk();
    return JcaCryptoProvider.create(
        SeededRandom.of(2),
        new JcaProviders(
            jdk.digest(),
            jdk.hmac(),
            jdk.aesGcm(),
            jdk.chaCha20Poly1305(),
            FaultyProvider.agreeing(jdk.x25519(), secret),
            FaultyProvider.agreeing(jdk.ellipticCurve(), secret),
            jdk.mlKem(),
            jdk.ecdsa(),
            jdk.ed25519(),
            jdk.rsa()));
  }

  private static CryptoProvider faulty(String type) {
    JcaProviders jdk = JcaProviders.jdk();
    return JcaCryptoProvider.create(
        SeededRandom.of(2),
        new JcaProviders(
            new FaultyProvider(jdk.digest(), type),
            new FaultyProvider(jdk.hmac(), type),
            new FaultyProvider(jdk.aesGcm(), type),
            new FaultyProvider(jdk.chaCha20Poly1305(), type),
            new FaultyProvider(jdk.x25519(), type),
            new FaultyProvider(jdk.ellipticCurve(), type),
            new FaultyProvider(jdk.mlKem(), type),
            new FaultyProvider(jdk.ecdsa(), type),
            new FaultyProvider(jdk.ed25519(), type),
            new FaultyProvider(jdk.rsa(), type)));
  }
}
