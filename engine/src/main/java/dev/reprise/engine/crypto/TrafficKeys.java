/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

/**
 * What protects the records of one direction for one epoch: made by the key schedule, used up by
 * the record layer, and so here, where both may look.
 *
 * @param key of {@link AeadAlgorithm#keyLength} bytes
 * @param iv 12 bytes that are combined with the sequence number; in TLS 1.2 with AES-GCM only the 4
 *     bytes of the salt (RFC 5288, Section 3)
 */
public record TrafficKeys(AeadAlgorithm aead, Secret key, Secret iv) implements AutoCloseable {
  public TrafficKeys {
    if (key.length() != aead.keyLength()) {
      throw new IllegalArgumentException("A key of " + key.length() + " bytes for " + aead);
    }
  }

  /** Wipes both. */
  @Override
  public void close() {
    key.close();
    iv.close();
  }
}
