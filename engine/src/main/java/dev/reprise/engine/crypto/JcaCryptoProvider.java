/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.SecureRandom;

/** The {@link CryptoProvider} that stands on JCA. */
public final class JcaCryptoProvider {
  private JcaCryptoProvider() {}

  /** Everything from the JDK itself. */
  public static CryptoProvider create(SecureRandom random) {
    throw new UnsupportedOperationException("" + random);
  }
}
