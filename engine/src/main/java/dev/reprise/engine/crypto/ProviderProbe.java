/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * Uses a primitive once before it is chosen: what a provider lists it may still be unable to do.
 */
@FunctionalInterface
interface ProviderProbe {
  ProviderProbe X25519 = (provider, random) -> exchange(new X25519Curve(provider, random));

  ProviderProbe ELLIPTIC_CURVE =
      (provider, random) -> {
        for (PrimeCurve curve : PrimeCurve.values()) {
          exchange(new JcaPrimeCurve(curve, provider, random));
        }
      };

  ProviderProbe ECDSA =
      (provider, random) -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        sign(SignatureScheme.ECDSA_SECP256R1_SHA256, generator.generateKeyPair(), provider, random);
      };

  ProviderProbe ED25519 =
      (provider, random) -> {
        String name =
            provider.getService("KeyPairGenerator", "Ed25519") == null ? "EdDSA" : "Ed25519";
        KeyPair pair = KeyPairGenerator.getInstance(name, provider).generateKeyPair();
        sign(SignatureScheme.ED25519, pair, provider, random);
      };

  /** Without a signature: a new key would take longer than all else at a start. */
  ProviderProbe RSA =
      (provider, _) -> {
        for (SignatureScheme scheme : SignatureScheme.values()) {
          if (scheme.authentication() == Authentication.RSA) {
            SignatureInstances.of(scheme, provider);
          }
        }
      };

  ProviderProbe DIRECT_AES_GCM =
      (provider, _) -> {
        DirectCiphers ciphers = new DirectCiphers(provider, true);
        for (int place = 0; place < 2; place++) {
          seal(ciphers, place == 0 ? ByteBuffer.allocate(32) : ByteBuffer.allocateDirect(32));
        }
      };

  /**
   * Returns if the provider can do it.
   *
   * @throws Throwable why not
   */
  void check(Provider provider, SecureRandom random) throws Throwable;

  private static void exchange(JcaCurve curve) throws Exception {
    JcaKeyExchange exchange = new JcaKeyExchange(curve);
    try (KeyShareOffer offer = exchange.offer()) {
      KeyShareAnswer answer = exchange.answer(offer.share());
      try (Secret one = offer.complete(answer.share());
          Secret other = answer.sharedSecret()) {
        if (!one.sameAs(other)) {
          throw new GeneralSecurityException("two sides come to two secrets");
        }
      }
    }
  }

  private static void seal(DirectCiphers ciphers, ByteBuffer sealed) throws Exception {
    AeadAlgorithm algorithm = AeadAlgorithm.AES_128_GCM;
    byte[] key = Opaque.ofHex("000102030405060708090a0b0c0d0e0f").toArray();
    Secret forSealing = Secret.copyOf(key);
    Secret forOpening = Secret.copyOf(key);
    byte[] nonce = new byte[AeadAlgorithm.NONCE_LENGTH];
    ByteBuffer content = ByteBuffer.wrap(Opaque.ofHex("70726f6265").toArray());
    ByteBuffer opened = sealed.isDirect() ? ByteBuffer.allocateDirect(32) : ByteBuffer.allocate(32);
    try (Aead sealing = new DirectAead(ciphers, algorithm, Cipher.ENCRYPT_MODE, forSealing);
        Aead opening = new DirectAead(ciphers, algorithm, Cipher.DECRYPT_MODE, forOpening)) {
      for (nonce[0] = 0; nonce[0] < 3; nonce[0]++) {
        sealing.seal(
            nonce, nonce, nonce.length, content.clear(), Aead.NO_TRAILING_BYTE, sealed.clear());
        opening.open(nonce, nonce, nonce.length, sealed.flip(), opened.clear());
        if (!opened.flip().equals(content.flip())) {
          throw new GeneralSecurityException("it does not open what it has sealed");
        }
        // It was lent the bytes themselves.
        if (!Arrays.equals(forSealing.reveal(), key) || !Arrays.equals(forOpening.reveal(), key)) {
          throw new GeneralSecurityException("it writes to the key");
        }
      }
    }
  }

  private static void sign(
      SignatureScheme scheme, KeyPair pair, Provider provider, SecureRandom random)
      throws GeneralSecurityException {
    byte[] content = Opaque.ofHex("70726f6265").toArray();
    Signature signing = SignatureInstances.of(scheme, provider);
    signing.initSign(pair.getPrivate(), random);
    signing.update(content);
    byte[] signature = signing.sign();
    Signature verifying = SignatureInstances.of(scheme, provider);
    verifying.initVerify(pair.getPublic());
    verifying.update(content);
    if (!verifying.verify(signature)) {
      throw new GeneralSecurityException("it does not verify what it has signed");
    }
  }
}
