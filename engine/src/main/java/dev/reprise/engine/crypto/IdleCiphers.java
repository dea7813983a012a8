/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The JCA ciphers of one AEAD. Those that no connection uses are kept, under a key that everybody
 * knows: to make one takes the JDK longer than a short record does. Safe for threads.
 */
final class IdleCiphers {
  private static final byte[] NO_NONCE = new byte[AeadAlgorithm.NONCE_LENGTH];

  private final AeadAlgorithm algorithm;
  private final Provider provider;
  private final SecretKey noKey;
  private final Pool<Cipher> idle = new Pool<>();

  IdleCiphers(AeadAlgorithm algorithm, JcaProviders providers) {
    this.algorithm = algorithm;
    this.provider =
        switch (algorithm) {
          case AES_128_GCM, AES_256_GCM -> providers.aesGcm();
          case CHACHA20_POLY1305 -> providers.chaCha20Poly1305();
        };
    this.noKey = new SecretKeySpec(new byte[algorithm.keyLength()], keyName());
  }

  AeadAlgorithm algorithm() {
    return algorithm;
  }

  /** One that has to be given a key. */
  Cipher take() throws GeneralSecurityException {
    @Nullable Cipher kept = idle.take();
    return kept != null ? kept : Cipher.getInstance(transformation(), provider);
  }

  /**
   * One that its connection has done with. Its key is overwritten now, and not when somebody takes
   * it again. In the {@code mode} that it was used in, as the JDK's keeps a copy of the last key
   * that it has sealed with.
   */
  void giveBack(Cipher cipher, int mode) {
    try {
      cipher.init(mode, noKey, parameters(NO_NONCE));
      idle.give(cipher);
    } catch (GeneralSecurityException | RuntimeException _) {
      // A provider's whim: the cipher is left to the collector.
    }
  }

  SecretBytesKey key(Secret secret) {
    return new SecretBytesKey(secret, keyName());
  }

  AlgorithmParameterSpec parameters(byte[] nonce) {
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM -> new GCMParameterSpec(8 * AeadAlgorithm.TAG_LENGTH, nonce);
      case CHACHA20_POLY1305 -> new IvParameterSpec(nonce);
    };
  }

  private String keyName() {
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM -> "AES";
      case CHACHA20_POLY1305 -> "ChaCha20";
    };
  }

  private String transformation() {
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM -> "AES/GCM/NoPadding";
      case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
    };
  }
}
