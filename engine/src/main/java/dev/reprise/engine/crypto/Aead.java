/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/**
 * One key in one direction; not thread-safe. Closed, it forgets the key, and whatever is asked of
 * it ends in {@code internal_error}.
 *
 * <p>Opening into another array than the ciphertext's takes the JDK a third of the time that
 * opening in place does. Where the JDK is alone, direct buffers are copied to an array and back.
 */
public interface Aead extends AutoCloseable {
  /** {@link #seal}'s {@code trailingByte}: nothing follows the plaintext. */
  int NO_TRAILING_BYTE = -1;

  /**
   * Appends to {@code out} the ciphertext and tag of everything that {@code plaintext} has left,
   * followed by {@code trailingByte} unless that is {@link #NO_TRAILING_BYTE}: TLS 1.3 has its
   * content type there (RFC 8446, Section 5.2). Both positions move on. The buffers may share an
   * array.
   *
   * @param nonce 12 bytes, never used before under this key; not kept
   * @param additionalData authenticated with it, its first {@code additionalLength} bytes
   * @throws TlsException {@code internal_error} if {@code out} has too little room (nothing is
   *     written then) or the provider fails
   */
  void seal(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer plaintext,
      int trailingByte,
      ByteBuffer out)
      throws TlsException;

  /**
   * Appends to {@code out} the plaintext of everything that {@code ciphertext} has left, its tag
   * last. Both positions move on. The buffers may share an array.
   *
   * @throws TlsException {@code bad_record_mac} if it is not what was sealed under this key, nonce
   *     and additional data: no position has moved then, and no plaintext is in {@code out}; {@code
   *     internal_error} if {@code out} has too little room or the provider fails
   */
  void open(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer ciphertext,
      ByteBuffer out)
      throws TlsException;

  @Override
  void close();
}
