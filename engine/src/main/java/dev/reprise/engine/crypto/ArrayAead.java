/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;

/**
 * Carries long records from direct memory to direct memory through arrays, for an AEAD that can
 * work on nothing else and would make new ones each time. All others it leaves to that.
 */
final class ArrayAead implements Aead {
  /** Of the whole process: they have nothing of those who have used them. */
  private static final Pool<ArrayRoom> ROOMS = new Pool<>();

  private final Pool<ArrayRoom> idle;
  private final Aead arrays;

  /**
   * @param arrays taken over
   */
  ArrayAead(Pool<ArrayRoom> idle, Aead arrays) {
    this.idle = idle;
    this.arrays = arrays;
  }

  /** Over a cipher that is kept; the key is copied. */
  static ArrayAead keeping(IdleCiphers ciphers, int mode, Secret key) throws TlsException {
    return new ArrayAead(ROOMS, JcaAead.create(ciphers, mode, key));
  }

  @Override
  public void seal(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer plaintext,
      int trailingByte,
      ByteBuffer out)
      throws TlsException {
    int sealedLength =
        plaintext.remaining()
            + (trailingByte == NO_TRAILING_BYTE ? 0 : 1)
            + AeadAlgorithm.TAG_LENGTH;
    if (!ArrayRoom.suits(sealedLength, plaintext, out)) {
      arrays.seal(nonce, additionalData, additionalLength, plaintext, trailingByte, out);
      return;
    }
    JcaAead.requireRoom(out, sealedLength);
    ArrayRoom room = take();
    try {
      ByteBuffer content = room.in(plaintext, trailingByte);
      arrays.seal(
          nonce, additionalData, additionalLength, content, NO_TRAILING_BYTE, room.inPlace());
      room.deliverTo(out);
    } finally {
      idle.give(room);
    }
    plaintext.position(plaintext.limit());
  }

  @Override
  public void open(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer ciphertext,
      ByteBuffer out)
      throws TlsException {
    if (!ArrayRoom.suits(ciphertext.remaining(), ciphertext, out)) {
      arrays.open(nonce, additionalData, additionalLength, ciphertext, out);
      return;
    }
    int openedLength = ciphertext.remaining() - AeadAlgorithm.TAG_LENGTH;
    JcaAead.requireRoom(out, openedLength);
    ArrayRoom room = take();
    try {
      arrays.open(
          nonce,
          additionalData,
          additionalLength,
          room.in(ciphertext, NO_TRAILING_BYTE),
          room.apart());
      room.deliverTo(out);
    } finally {
      room.wipe(openedLength);
      idle.give(room);
    }
    ciphertext.position(ciphertext.limit());
  }

  private ArrayRoom take() {
    ArrayRoom kept = idle.take();
    return kept == null ? new ArrayRoom() : kept;
  }

  @Override
  public void close() {
    arrays.close();
  }
}
