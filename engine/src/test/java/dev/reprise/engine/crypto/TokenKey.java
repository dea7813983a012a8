/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/** A key that shows nothing of itself, as one in a token does. */
record TokenKey(String algorithm) implements PrivateKey {
  private static final long serialVersionUID = 1L;

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public @Nullable String getFormat() {
    return null;
  }

  @Override
  public byte @Nullable [] getEncoded() {
    return null;
  }
}
