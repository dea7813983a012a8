/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;

/** AEADs over JCA. */
final class JcaAeadCiphers implements AeadCiphers {
  private final Map<AeadAlgorithm, IdleCiphers> ciphers = new EnumMap<>(AeadAlgorithm.class);

  JcaAeadCiphers(JcaProviders providers) {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      ciphers.put(algorithm, new IdleCiphers(algorithm, providers));
    }
  }

  @Override
  public Aead sealing(AeadAlgorithm algorithm, Secret key) throws TlsException {
    return JcaAead.create(of(algorithm), Cipher.ENCRYPT_MODE, key);
  }

  @Override
  public Aead opening(AeadAlgorithm algorithm, Secret key) throws TlsException {
    return JcaAead.create(of(algorithm), Cipher.DECRYPT_MODE, key);
  }

  private IdleCiphers of(AeadAlgorithm algorithm) {
    return Objects.requireNonNull(ciphers.get(algorithm));
  }
}
