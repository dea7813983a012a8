/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import javax.crypto.SecretKey;

/** What a key is derived from: over an array that its owner wipes; SecretKeySpec would copy it. */
final class SecretInput implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;

  SecretInput(byte[] bytes) {
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
