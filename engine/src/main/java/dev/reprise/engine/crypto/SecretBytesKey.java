/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.io.NotSerializableException;
import java.io.Serial;
import javax.crypto.SecretKey;

/**
 * What JCA is shown of a {@link Secret}. Unlike a {@code SecretKeySpec} it holds no copy of its own
 * that nobody wipes: each provider is handed one when it asks, and the JDK's wipe theirs.
 */
final class SecretBytesKey implements SecretKey {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Secret secret;
  private final String algorithm;
  private final boolean lent;

  SecretBytesKey(Secret secret, String algorithm) {
    this(secret, algorithm, false);
  }

  private SecretBytesKey(Secret secret, String algorithm, boolean lent) {
    this.secret = secret;
    this.algorithm = algorithm;
    this.lent = lent;
  }

  /**
   * One that hands out the secret's own bytes, for a provider that keeps what it is given and does
   * not write there: so they are wiped with the secret.
   */
  static SecretBytesKey lent(Secret secret, String algorithm) {
    return new SecretBytesKey(secret, algorithm, true);
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return lent ? secret.reveal() : secret.reveal().clone();
  }

  @Override
  public String toString() {
    return secret.toString();
  }

  @Serial
  private Object writeReplace() throws NotSerializableException {
    throw new NotSerializableException("A secret");
  }
}
