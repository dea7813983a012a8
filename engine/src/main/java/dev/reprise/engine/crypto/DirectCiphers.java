/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/** The {@link DirectCipher}s of one provider, for all keys. Safe for threads. */
final class DirectCiphers {
  private final Provider provider;
  private final Pool<DirectCipher> idle = new Pool<>();

  DirectCiphers(Provider provider) {
    this.provider = provider;
  }

  DirectCipher take() throws GeneralSecurityException {
    @Nullable DirectCipher kept = idle.take();
    return kept != null ? kept : new DirectCipher(provider);
  }

  void giveBack(DirectCipher cipher) {
    idle.give(cipher);
  }
}
