/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.crypto.Aead;
import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One key in one direction for one epoch: its cipher, its initialization vector and the number of
 * its next record. Its arrays are used again for each record.
 */
final class EpochKey implements AutoCloseable {
  private static final int SEQUENCE_LENGTH = 8;
  private static final int SEQUENCE_OFFSET = AeadAlgorithm.NONCE_LENGTH - SEQUENCE_LENGTH;

  private final Aead aead;
  private final byte[] iv;
  private final byte[] nonce;
  private final byte[] additionalData = new byte[SEQUENCE_LENGTH + RecordHeader.LENGTH];
  private final long limit;
  private long sequence;

  private EpochKey(Aead aead, byte[] iv, long limit) {
    this.aead = aead;
    this.iv = iv;
    this.nonce = Arrays.copyOf(iv, AeadAlgorithm.NONCE_LENGTH);
    this.limit = limit;
  }

  /**
   * Takes over {@code aead} and copies {@code iv}.
   *
   * @param limit how many records the key may protect
   */
  static EpochKey of(Aead aead, Secret iv, int ivLength, long limit) {
    if (iv.length() != ivLength) {
      aead.close();
      throw new IllegalArgumentException("An iv of " + iv.length() + " bytes, not " + ivLength);
    }
    return new EpochKey(aead, iv.reveal().clone(), limit);
  }

  boolean isNearLimit() {
    return sequence >= limit - RecordLimits.RECORDS_RESERVED;
  }

  /**
   * RFC 8446, Section 5.3: the sequence number "is XORed with either the static client_write_iv or
   * server_write_iv"; RFC 7905, Section 2 says the same for TLS 1.2.
   */
  EpochKey nonceOfSequence() {
    for (int i = 0; i < SEQUENCE_LENGTH; i++) {
      int at = SEQUENCE_OFFSET + i;
      nonce[at] = (byte) (iv[at] ^ sequenceByte(i));
    }
    return this;
  }

  /** RFC 5288, Section 3: the salt, then eight bytes that the record carries. */
  EpochKey nonceToSend(ByteBuffer out) {
    for (int i = 0; i < SEQUENCE_LENGTH; i++) {
      nonce[SEQUENCE_OFFSET + i] = sequenceByte(i);
    }
    out.put(nonce, SEQUENCE_OFFSET, SEQUENCE_LENGTH);
    return this;
  }

  /** The peer makes its eight bytes as it likes: they are read, not guessed. */
  EpochKey nonceReceived(ByteBuffer payload) {
    payload.get(nonce, SEQUENCE_OFFSET, SEQUENCE_LENGTH);
    return this;
  }

  /** RFC 8446, Section 5.2: "the additional data input is the record header". */
  void seal13(int payloadLength, ByteBuffer content, ContentType type, ByteBuffer out)
      throws TlsException {
    header(0, ContentType.APPLICATION_DATA, payloadLength);
    seal(RecordHeader.LENGTH, content, type.code(), out);
  }

  void open13(ByteBuffer payload, ByteBuffer out) throws TlsException {
    header(0, ContentType.APPLICATION_DATA, payload.remaining());
    open(RecordHeader.LENGTH, payload, out);
  }

  /** RFC 5246, Section 6.2.3.3: "additional_data = seq_num + type + version + length". */
  void seal12(ContentType type, ByteBuffer content, ByteBuffer out) throws TlsException {
    sequenceAndHeader(type, content.remaining());
    seal(additionalData.length, content, Aead.NO_TRAILING_BYTE, out);
  }

  void open12(ContentType type, ByteBuffer payload, ByteBuffer out) throws TlsException {
    // What is too short for a tag opens under no additional data; the AEAD says so.
    sequenceAndHeader(type, Math.max(0, payload.remaining() - AeadAlgorithm.TAG_LENGTH));
    open(additionalData.length, payload, out);
  }

  private void seal(int additionalLength, ByteBuffer content, int trailingByte, ByteBuffer out)
      throws TlsException {
    if (sequence >= limit) {
      throw TlsException.internal(
          "The key has protected " + sequence + " records, its limit", null);
    }
    // Counted before the nonce is used: whatever happens now, it is not used again.
    sequence++;
    aead.seal(nonce, additionalData, additionalLength, content, trailingByte, out);
  }

  private void open(int additionalLength, ByteBuffer payload, ByteBuffer out) throws TlsException {
    if (sequence >= limit) {
      throw TlsException.unexpectedMessage("The sequence number of received records would wrap");
    }
    aead.open(nonce, additionalData, additionalLength, payload, out);
    // Counted only now: RFC 8446, Section 4.2.10 has records dropped that do not open.
    sequence++;
  }

  private void sequenceAndHeader(ContentType type, int length) {
    for (int i = 0; i < SEQUENCE_LENGTH; i++) {
      additionalData[i] = sequenceByte(i);
    }
    header(SEQUENCE_LENGTH, type, length);
  }

  private void header(int at, ContentType type, int length) {
    additionalData[at] = (byte) type.code();
    additionalData[at + 1] = (byte) (RecordHeader.VERSION >>> 8);
    additionalData[at + 2] = (byte) RecordHeader.VERSION;
    additionalData[at + 3] = (byte) (length >>> 8);
    additionalData[at + 4] = (byte) length;
  }

  private byte sequenceByte(int index) {
    return (byte) (sequence >>> (8 * (SEQUENCE_LENGTH - 1 - index)));
  }

  @Override
  public void close() {
    aead.close();
    Arrays.fill(iv, (byte) 0);
    Arrays.fill(nonce, (byte) 0);
  }
}
