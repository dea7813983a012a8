/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import javax.crypto.Cipher;

/** AEADs over JCA. */
final class JcaAeadCiphers implements AeadCiphers {
  private final JcaProviders providers;

  JcaAeadCiphers(JcaProviders providers) {
    this.providers = providers;
  }

  @Override
  public Aead sealing(AeadAlgorithm algorithm, Secret key) throws TlsException {
    return JcaAead.create(algorithm, Cipher.ENCRYPT_MODE, key, providers);
  }

  @Override
  public Aead opening(AeadAlgorithm algorithm, Secret key) throws TlsException {
    return JcaAead.create(algorithm, Cipher.DECRYPT_MODE, key, providers);
  }
}
