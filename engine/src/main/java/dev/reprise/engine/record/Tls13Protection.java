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
 * TLS 1.3, all suites alike: the content type is inside, perhaps with padding after it.
 *
 * <pre>struct { opaque content[length]; ContentType type; uint8 zeros[length_of_padding]; }
 *     TLSInnerPlaintext;</pre>
 *
 * RFC 8446, Section 5.2.
 */
public final class Tls13Protection implements RecordProtection {
  private static final int TYPE_LENGTH = 1;

  private final EpochKey key;

  private Tls13Protection(EpochKey key) {
    this.key = key;
  }

  /** Both secrets are copied; {@code iv} has 12 bytes. */
  public static Tls13Protection sealing(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret iv) throws TlsException {
    return sealing(aeads, algorithm, key, iv, RecordLimits.records(algorithm));
  }

  static Tls13Protection sealing(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret iv, long limit)
      throws TlsException {
    return new Tls13Protection(
        EpochKey.of(aeads.sealing(algorithm, key), iv, AeadAlgorithm.NONCE_LENGTH, limit));
  }

  /**
   * Both secrets are copied; {@code iv} has 12 bytes. RFC 9846, Section 5.5: receivers "SHOULD NOT
   * enforce these limits" of the sender.
   */
  public static Tls13Protection opening(
      AeadCiphers aeads, AeadAlgorithm algorithm, Secret key, Secret iv) throws TlsException {
    return new Tls13Protection(
        EpochKey.of(
            aeads.opening(algorithm, key),
            iv,
            AeadAlgorithm.NONCE_LENGTH,
            RecordLimits.SEQUENCE_NUMBERS));
  }

  @Override
  public ProtocolVersion version() {
    return ProtocolVersion.TLS13;
  }

  @Override
  public int expansion() {
    return TYPE_LENGTH + AeadAlgorithm.TAG_LENGTH;
  }

  @Override
  public int prefixLength() {
    return RecordHeader.LENGTH;
  }

  @Override
  public int openedLength(int payloadLength) {
    return Math.max(0, payloadLength - AeadAlgorithm.TAG_LENGTH);
  }

  @Override
  public void seal(ContentType type, ByteBuffer content, ByteBuffer out) throws TlsException {
    int payloadLength = content.remaining() + expansion();
    RecordHeader.write(out, ContentType.APPLICATION_DATA, RecordHeader.VERSION, payloadLength);
    key.nonceOfSequence().seal13(payloadLength, content, type, out);
  }

  @Override
  public ContentType open(ContentType outerType, ByteBuffer payload, ByteBuffer out)
      throws TlsException {
    int start = out.position();
    key.nonceOfSequence().open13(payload, out);
    return takeType(out, start);
  }

  /**
   * RFC 8446, Section 5.4: the receiver "scans the field from the end toward the beginning until it
   * finds a non-zero octet"; if there is none "it MUST terminate the connection with an
   * "unexpected_message" alert". The scan ends at {@code start}, since what lies before it in the
   * buffer was not in the record.
   */
  private static ContentType takeType(ByteBuffer out, int start) throws TlsException {
    int at = out.position() - 1;
    while (at >= start && out.get(at) == 0) {
      at--;
    }
    if (at < start) {
      throw TlsException.unexpectedMessage("A protected record has no content type");
    }
    out.position(at);
    return RecordHeader.type(out);
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
