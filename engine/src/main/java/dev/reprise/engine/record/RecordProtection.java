/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import dev.reprise.engine.wire.ContentType;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/**
 * Protects the records of one epoch in one direction: made for sealing or for opening, not for
 * both, and used up in order, since each record has a number. Closed, it lets go of its key. Not
 * thread-safe.
 */
public sealed interface RecordProtection extends AutoCloseable
    permits Tls13Protection, Tls12GcmProtection, Tls12ChaChaProtection {
  ProtocolVersion version();

  /** Bytes by which a payload is longer than its content, if that is not padded. */
  int expansion();

  /** Bytes of a record before its encrypted content: the header and what follows it in clear. */
  int prefixLength();

  /** Bytes that opening a payload of that many bytes writes, content type and padding included. */
  int openedLength(int payloadLength);

  /**
   * Appends to {@code out} one record with everything that {@code content} has left, at most {@link
   * RecordLimits#PLAINTEXT} bytes. Both may be over the same memory if the content starts {@link
   * #prefixLength} bytes after where the record will.
   *
   * @throws TlsException {@code internal_error} if the key has been used as often as it may be, or
   *     the provider fails
   */
  void seal(ContentType type, ByteBuffer content, ByteBuffer out) throws TlsException;

  /**
   * Appends to {@code out} the content of the record of type {@code outerType} whose payload is
   * what {@code payload} has left. Up to {@link #openedLength} bytes are written, some of them
   * perhaps after the content.
   *
   * @return what the content is
   * @throws TlsException {@code bad_record_mac} if it was not sealed like that: then no position
   *     has moved, nothing of it was written but perhaps zeros, and the record has not been
   *     counted; {@code unexpected_message} if it carries no type or an unknown one
   */
  ContentType open(ContentType outerType, ByteBuffer payload, ByteBuffer out) throws TlsException;

  /**
   * Whether the key has nearly been used as often as it may be: time for a KeyUpdate, or in TLS 1.2
   * for the end. Always false when opening, since the limit is the sender's to keep.
   */
  boolean needsKeyUpdate();

  @Override
  void close();
}
