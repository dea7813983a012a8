/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM by a provider that expands the key anew for each record. That is cheap where a key has
 * few of them, holds nothing between two, and needs no arrays: what is not in direct memory, or
 * lies where it would be overwritten, goes through the cipher's own room.
 */
final class DirectAead implements Aead {
  private final DirectCiphers ciphers;
  private final AeadAlgorithm algorithm;
  private final int mode;
  private final Secret secret;
  private final SecretBytesKey key;
  private byte[] lastNonce = Hmac.NOTHING;

  /**
   * @param secret taken over
   */
  DirectAead(DirectCiphers ciphers, AeadAlgorithm algorithm, int mode, Secret secret) {
    this.ciphers = ciphers;
    this.algorithm = algorithm;
    this.mode = mode;
    this.secret = secret;
    this.key = SecretBytesKey.lent(secret, "AES");
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
    int length = plaintext.remaining() + (trailingByte == NO_TRAILING_BYTE ? 0 : 1);
    int sealedLength = length + AeadAlgorithm.TAG_LENGTH;
    JcaAead.requireRoom(out, sealedLength);
    try {
      DirectCipher cipher = ready(Cipher.ENCRYPT_MODE, nonce, additionalData, additionalLength);
      ByteBuffer room = out.isDirect() ? place(out, sealedLength) : cipher.room();
      // Also from the place itself, where parts have been put together.
      room.put(room.position(), plaintext, plaintext.position(), plaintext.remaining());
      if (trailingByte != NO_TRAILING_BYTE) {
        room.put(room.position() + length - 1, (byte) trailingByte);
      }
      if (out.isDirect()) {
        JcaAead.requireLength(sealedLength, cipher.run(place(out, length), room));
        out.position(out.position() + sealedLength);
      } else {
        ByteBuffer sealed = cipher.runInRoom(length);
        JcaAead.requireLength(sealedLength, sealed.remaining());
        out.put(sealed);
      }
      ciphers.giveBack(cipher);
    } catch (GeneralSecurityException | RuntimeException e) {
      if (out.isDirect()) {
        clear(place(out, sealedLength));
      }
      throw JcaAead.failed(algorithm, e);
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
    int sealedLength = ciphertext.remaining();
    int length = sealedLength - AeadAlgorithm.TAG_LENGTH;
    if (length < 0) {
      throw JcaAead.forged();
    }
    JcaAead.requireRoom(out, length);
    try {
      DirectCipher cipher = ready(Cipher.DECRYPT_MODE, nonce, additionalData, additionalLength);
      if (apartInDirectMemory(ciphertext, out)) {
        openAcross(cipher, ciphertext.duplicate(), place(out, length));
        out.position(out.position() + length);
      } else {
        openInRoom(cipher, ciphertext, out);
      }
      ciphers.giveBack(cipher);
    } catch (BadPaddingException _) {
      throw JcaAead.forged();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw JcaAead.failed(algorithm, e);
    }
    ciphertext.position(ciphertext.limit());
  }

  private static void openAcross(DirectCipher cipher, ByteBuffer from, ByteBuffer to)
      throws GeneralSecurityException {
    int start = to.position();
    try {
      JcaAead.requireLength(to.remaining(), cipher.run(from, to));
    } catch (GeneralSecurityException | RuntimeException e) {
      clear(to.position(start));
      throw e;
    }
  }

  private static void openInRoom(DirectCipher cipher, ByteBuffer ciphertext, ByteBuffer out)
      throws GeneralSecurityException {
    int sealedLength = ciphertext.remaining();
    cipher.room().put(0, ciphertext, ciphertext.position(), sealedLength);
    try {
      ByteBuffer opened = cipher.runInRoom(sealedLength);
      JcaAead.requireLength(sealedLength - AeadAlgorithm.TAG_LENGTH, opened.remaining());
      out.put(opened);
    } finally {
      cipher.wipe(sealedLength);
    }
  }

  /** A cipher that fails is not given back: who knows in what state it is. */
  private DirectCipher ready(int mode, byte[] nonce, byte[] additionalData, int additionalLength)
      throws GeneralSecurityException {
    if (secret.isClosed() || this.mode != mode) {
      throw new IllegalStateException("Closed, or made for the other direction");
    }
    if (nonce.length != AeadAlgorithm.NONCE_LENGTH) {
      throw new IllegalArgumentException("A nonce of " + nonce.length + " bytes");
    }
    if (mode == Cipher.ENCRYPT_MODE) {
      if (Arrays.equals(lastNonce, nonce)) {
        throw new IllegalStateException("A nonce for a second record");
      }
      lastNonce = nonce.clone();
    }
    DirectCipher cipher = ciphers.take();
    GCMParameterSpec parameters = new GCMParameterSpec(8 * AeadAlgorithm.TAG_LENGTH, nonce);
    cipher.init(mode, key, parameters, additionalData, additionalLength);
    return cipher;
  }

  private static boolean apartInDirectMemory(ByteBuffer from, ByteBuffer to) {
    return from.isDirect()
        && to.isDirect()
        && MemorySegment.ofBuffer(from).asOverlappingSlice(MemorySegment.ofBuffer(to)).isEmpty();
  }

  private static void clear(ByteBuffer place) {
    MemorySegment.ofBuffer(place).fill((byte) 0);
  }

  private static ByteBuffer place(ByteBuffer out, int length) {
    return out.duplicate().limit(out.position() + length);
  }

  @Override
  public void close() {
    secret.close();
  }
}
