/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.crypto.AeadAlgorithm;

/** Every number of the record layer that a peer could push against, and what each prevents. */
public final class RecordLimits {
  /** Bytes of content in one record: RFC 8446, Section 5.1; RFC 5246, Section 6.2.1. */
  public static final int PLAINTEXT = 1 << 14;

  /**
   * Bytes of payload in any record. RFC 8446, Section 5.2: "The length MUST NOT exceed 2^14 + 256
   * bytes." RFC 5246, Section 6.2.3 allows 2^14 + 2048, for compression and block ciphers; an AEAD
   * adds 24 bytes at most, so that a longer record would only be refused after having been awaited
   * and opened. Prevents that a peer has us hold more than this for it.
   */
  public static final int PAYLOAD = PLAINTEXT + 256;

  /**
   * Bytes of content that a record of ours has room for, however short its user wants records to
   * be: a flight in records of one byte each would be more than {@link #PENDING}.
   */
  static final int SHORTEST_FRAGMENT = 64;

  /** Bytes of the longest record: what a buffer for records from the network must hold. */
  public static final int RECORD = RecordHeader.LENGTH + PAYLOAD;

  /**
   * Bytes that must be free in the application's buffer for the longest record: TLS 1.3's content
   * type follows the content (RFC 8446, Section 5.4: "the full encoded TLSInnerPlaintext MUST NOT
   * exceed 2^14 + 1 octets").
   */
  public static final int APPLICATION_SPACE = PLAINTEXT + 1;

  /**
   * Records without content in a row. RFC 8446, Section 5.1 allows them as cover traffic; prevents
   * that a peer has us decrypt for ever without anything coming of it.
   */
  public static final int EMPTY_RECORDS = 32;

  /**
   * ChangeCipherSpec records on a connection. RFC 8446, Section 5 has them dropped "without further
   * processing" and names no number; prevents an endless handshake that costs the peer six bytes a
   * record.
   */
  public static final int CHANGE_CIPHER_SPECS = 32;

  /**
   * Bytes of our own records that wait to be fetched. A flight with a chain of the longest length
   * fits; prevents that a peer who makes us answer, and an application that never fetches the
   * answers, fill the memory.
   */
  public static final int PENDING = 1 << 18;

  /**
   * Records under one AES-GCM key, 2^24.5. RFC 9846, Section 5.5: "up to 2^24.5 full-size records
   * (about 24 million) may be encrypted under a given set of keys while keeping a safety margin of
   * approximately 2^-57".
   */
  public static final long AES_GCM_RECORDS = 23_726_566;

  /**
   * Records under any key, and the only limit for ChaCha20-Poly1305 (RFC 9846, Section 5.5). RFC
   * 8446, Section 5.3: an implementation that would need to wrap a sequence number "MUST either
   * rekey (Section 4.6.3) or terminate the connection"; half of the numbers are more than will ever
   * be used.
   */
  public static final long SEQUENCE_NUMBERS = Long.MAX_VALUE;

  /**
   * The last records under a key, kept free for the KeyUpdate, the alert and what precedes them.
   */
  static final long RECORDS_RESERVED = 32;

  private RecordLimits() {}

  /** How many records one key of {@code algorithm} may protect. */
  static long records(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM -> AES_GCM_RECORDS;
      case CHACHA20_POLY1305 -> SEQUENCE_NUMBERS;
    };
  }
}
