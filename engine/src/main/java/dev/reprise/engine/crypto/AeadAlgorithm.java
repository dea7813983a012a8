/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

/** The AEADs that a cipher suite names, all with a 12-byte nonce and a 16-byte tag. */
public enum AeadAlgorithm {
  AES_128_GCM(16),
  AES_256_GCM(32),
  CHACHA20_POLY1305(32);

  /** N_MIN and N_MAX of all of them, in bytes: RFC 5116, Section 5; RFC 8439, Section 2.8. */
  public static final int NONCE_LENGTH = 12;

  /** The bytes that sealing adds. */
  public static final int TAG_LENGTH = 16;

  private final int keyLength;

  AeadAlgorithm(int keyLength) {
    this.keyLength = keyLength;
  }

  /** In bytes. */
  public int keyLength() {
    return keyLength;
  }

  /** In bytes. */
  public int nonceLength() {
    return NONCE_LENGTH;
  }

  /** In bytes. */
  public int tagLength() {
    return TAG_LENGTH;
  }
}
