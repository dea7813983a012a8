/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import javax.crypto.SecretKey;

/** A key over an array that its owner wipes; SecretKeySpec would keep a copy. */
public final class SecretKeyBytes implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;

  public SecretKeyBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return "Generic";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }
}
