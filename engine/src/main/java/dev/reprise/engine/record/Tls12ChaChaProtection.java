/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/**
 * TLS 1.2 with ChaCha20-Poly1305: RFC 7905. TLS 1.2's additional data, and already TLS 1.3's nonce,
 * none of which is in the record.
 */
public final class Tls12ChaChaProtection implements RecordProtection {
  private final EpochKey key;

  private Tls12ChaChaProtection(EpochKey key) {
    this.key = key;
  }

  /** Both secrets are copied; {@code iv} has 12 bytes. */
  public static Tls12ChaChaProtection sealing(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret iv) throws TlsException {
    return sealing(aeads, algorithm, key, iv, RecordLimits.records(algorithm));
  }

  static Tls12ChaChaProtection sealing(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret iv, long limit)
      throws TlsException {
    return new Tls12ChaChaProtection(
        EpochKey.of(aeads.sealing(algorithm, key), iv, AeadAlgorithm.NONCE_LENGTH, limit));
  }

  /**
   * Both secrets are copied; {@code iv} has 12 bytes. RFC 9846, Section 5.5: receivers "SHOULD NOT
   * enforce these limits" of the sender.
   */
  public static Tls12ChaChaProtection opening(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret iv) throws TlsException {
    return new Tls12ChaChaProtection(
        EpochKey.of(
            aeads.opening(algorithm, key),
            iv,
            AeadAlgorithm.NONCE_LENGTH,
            RecordLimits.SEQUENCE_NUMBERS));
  }

  @Override
  public ProtocolVersion version() {
    return ProtocolVersion.TLS12;
  }

  @Override
  public int expansion() {
    return AeadAlgorithm.TAG_LENGTH;
  }

  @Override
  public int prefixLength() {
    return RecordHeader.LENGTH;
  }

  @Override
  public int openedLength(int payloadLength) {
    return Math.max(0, payloadLength - expansion());
  }

  @Override
  public void seal(ContentType type, ByteBuffer content, ByteBuffer out) throws TlsException {
    RecordHeader.write(out, type, RecordHeader.VERSION, content.remaining() + expansion());
    key.nonceOfSequence().seal12(type, content, out);
  }

  @Override
  public ContentType open(ContentType outerType, ByteBuffer payload, ByteBuffer out)
      throws TlsException {
    key.nonceOfSequence().open12(outerType, payload, out);
    return outerType;
  }

  @Override
  public boolean needsKeyUpdate() {
    return key.isNearLimit();
  }

  @Override
  public void close() {
    key.close();
  }
}
