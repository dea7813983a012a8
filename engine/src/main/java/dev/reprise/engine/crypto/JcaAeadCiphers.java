/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.Provider;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** AEADs over JCA. */
final class JcaAeadCiphers implements AeadCiphers {
  private final Map<AeadAlgorithm, IdleCiphers> ciphers = new EnumMap<>(AeadAlgorithm.class);
  private final @Nullable DirectCiphers direct;

  JcaAeadCiphers(JcaProviders providers) {
    this(providers, !JdkAesGcm.isQuick());
  }

  /**
   * @param longOnes whether long records in direct memory are for the provider that works on it
   */
  JcaAeadCiphers(JcaProviders providers, boolean longOnes) {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      ciphers.put(algorithm, new IdleCiphers(algorithm, providers));
    }
    Provider provider = providers.directAesGcm();
    direct = provider == null ? null : new DirectCiphers(provider, longOnes);
  }

  @Override
  public Aead sealing(AeadAlgorithm algorithm, Secret key) throws TlsException {
    return create(algorithm, Cipher.ENCRYPT_MODE, key);
  }

  @Override
  public Aead opening(AeadAlgorithm algorithm, Secret key) throws TlsException {
    return create(algorithm, Cipher.DECRYPT_MODE, key);
  }

  private Aead create(AeadAlgorithm algorithm, int mode, Secret key) throws TlsException {
    if (key.length() != algorithm.keyLength()) {
      throw new IllegalArgumentException(algorithm + " with a key of " + key.length() + " bytes");
    }
    IdleCiphers idle = Objects.requireNonNull(ciphers.get(algorithm));
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM ->
          direct == null
              ? ArrayAead.keeping(idle, mode, key)
              : new QuickestAead(direct, idle, mode, copy(algorithm, key));
      case CHACHA20_POLY1305 -> ArrayAead.keeping(idle, mode, key);
    };
  }

  private static Secret copy(AeadAlgorithm algorithm, Secret key) throws TlsException {
    try {
      return key.copy();
    } catch (IllegalStateException e) {
      throw JcaAead.failed(algorithm, e);
    }
  }
}
