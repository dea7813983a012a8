/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

/** The hashes that a cipher suite names: for HKDF, the TLS 1.2 PRF and the transcript. */
public enum HashAlgorithm {
  SHA256(32, "SHA-256", "HmacSHA256"),
  SHA384(48, "SHA-384", "HmacSHA384");

  private final int length;
  private final String digestName;
  private final String macName;

  HashAlgorithm(int length, String digestName, String macName) {
    this.length = length;
    this.digestName = digestName;
    this.macName = macName;
  }

  /** Hash.length in bytes. */
  public int length() {
    return length;
  }

  /** The name under which JCA knows the hash. */
  public String digestName() {
    return digestName;
  }

  /** The name under which JCA knows the HMAC over the hash. */
  public String macName() {
    return macName;
  }
}
