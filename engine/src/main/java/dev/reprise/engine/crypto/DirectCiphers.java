/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/** The {@link DirectCipher}s of one provider, for all keys. Safe for threads. */
final class DirectCiphers {
  private final Provider provider;
  private final Pool<DirectCipher> idle = new Pool<>();
  private final boolean longOnes;
  private volatile boolean outOfMemory;

  /**
   * @param longOnes whether long records are for them too
   */
  DirectCiphers(Provider provider, boolean longOnes) {
    this.provider = provider;
    this.longOnes = longOnes;
  }

  boolean haveLongOnes() {
    return longOnes;
  }

  /** Whether there is direct memory for one more, as far as is known. */
  boolean haveMemory() {
    return !outOfMemory;
  }

  DirectCipher take() throws GeneralSecurityException {
    @Nullable DirectCipher kept = idle.take();
    if (kept != null) {
      return kept;
    }
    try {
      return new DirectCipher(provider);
    } catch (OutOfMemoryError e) {
      outOfMemory = true;
      throw new GeneralSecurityException("There is no direct memory for a record", e);
    }
  }

  void giveBack(DirectCipher cipher) {
    idle.give(cipher);
  }
}
