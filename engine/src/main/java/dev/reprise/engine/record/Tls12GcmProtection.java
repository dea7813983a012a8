/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/**
 * TLS 1.2 with AES-GCM. The nonce is four secret bytes and eight that each record carries: here the
 * sequence number, as RFC 5288, Section 3 suggests, so that none comes twice.
 */
public final class Tls12GcmProtection implements RecordProtection {
  private static final int SALT_LENGTH = 4;
  private static final int EXPLICIT_LENGTH = 8;

  private final EpochKey key;

  private Tls12GcmProtection(EpochKey key) {
    this.key = key;
  }

  /** Both secrets are copied; {@code salt} has 4 bytes. */
  public static Tls12GcmProtection sealing(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret salt) throws TlsException {
    return sealing(aeads, algorithm, key, salt, RecordLimits.records(algorithm));
  }

  static Tls12GcmProtection sealing(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret salt, long limit)
      throws TlsException {
    return new Tls12GcmProtection(
        EpochKey.of(aeads.sealing(algorithm, key), salt, SALT_LENGTH, limit));
  }

  /**
   * Both secrets are copied; {@code salt} has 4 bytes. RFC 9846, Section 5.5: receivers "SHOULD NOT
   * enforce these limits" of the sender.
   */
  public static Tls12GcmProtection opening(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret salt) throws TlsException {
    return new Tls12GcmProtection(
        EpochKey.of(
            aeads.opening(algorithm, key), salt, SALT_LENGTH, RecordLimits.SEQUENCE_NUMBERS));
  }

  @Override
  public ProtocolVersion version() {
    return ProtocolVersion.TLS12;
  }

  @Override
  public int expansion() {
    return EXPLICIT_LENGTH + AeadAlgorithm.TAG_LENGTH;
  }

  @Override
  public int prefixLength() {
    return RecordHeader.LENGTH + EXPLICIT_LENGTH;
  }

  @Override
  public int openedLength(int payloadLength) {
    return Math.max(0, payloadLength - expansion());
  }

  @Override
  public void seal(ContentType type, ByteBuffer content, ByteBuffer out) throws TlsException {
    RecordHeader.write(out, type, RecordHeader.VERSION, content.remaining() + expansion());
    key.nonceToSend(out).seal12(type, content, out);
  }

  @Override
  public ContentType open(ContentType outerType, ByteBuffer payload, ByteBuffer out)
      throws TlsException {
    if (payload.remaining() < expansion()) {
      throw TlsException.misbehaved(
          AlertDescription.BAD_RECORD_MAC, "A protected record is too short to be one");
    }
    key.nonceReceived(payload).open12(outerType, payload, out);
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
