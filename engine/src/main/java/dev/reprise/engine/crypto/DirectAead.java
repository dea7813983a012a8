/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM by a provider that expands the key anew for each record. That is cheap where a key has
 * few of them, holds nothing between two, and needs no arrays: what is not in direct memory, or
 * lies where it would be overwritten, goes through the cipher's own room. It does not notice a
 * nonce that comes twice; {@link QuickestAead} does.
 */
final class DirectAead implements Aead {
  private final DirectCiphers ciphers;
  private final AeadAlgorithm algorithm;
  private final int mode;
  private final Secret secret;
  private final SecretBytesKey key;

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
      if (out.isDirect()) {
        ByteBuffer place = place(out, sealedLength);
        fill(place, plaintext, trailingByte);
        run(cipher, place(place, length), place);
        out.position(out.position() + sealedLength);
      } else {
        fill(cipher.room(), plaintext, trailingByte);
        sealInRoom(cipher, length, out);
      }
      ciphers.giveBack(cipher);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw JcaAead.failed(algorithm, e);
    }
    plaintext.position(plaintext.limit());
  }

  /** The plaintext may lie there already, put together of parts. */
  private static void fill(ByteBuffer place, ByteBuffer plaintext, int trailingByte) {
    int length = plaintext.remaining();
    place.put(place.position(), plaintext, plaintext.position(), length);
    if (trailingByte != NO_TRAILING_BYTE) {
      place.put(place.position() + length, (byte) trailingByte);
    }
  }

  /** From direct memory to direct memory: in place, or where both lie apart. */
  private static void run(DirectCipher cipher, ByteBuffer from, ByteBuffer place)
      throws GeneralSecurityException {
    try {
      JcaAead.requireLength(place.remaining(), cipher.run(from, place.duplicate()));
    } catch (GeneralSecurityException | RuntimeException e) {
      clear(place);
      throw e;
    }
  }

  private static void sealInRoom(DirectCipher cipher, int length, ByteBuffer out)
      throws GeneralSecurityException {
    try {
      ByteBuffer sealed = cipher.runInRoom(length);
      JcaAead.requireLength(length + AeadAlgorithm.TAG_LENGTH, sealed.remaining());
      out.put(sealed);
    } catch (GeneralSecurityException | RuntimeException e) {
      cipher.wipe(length);
      throw e;
    }
  }

  @Override
  public void open(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer ciphertext,
      ByteBuffer out)
      throws TlsException {
    int length = ciphertext.remaining() - AeadAlgorithm.TAG_LENGTH;
    if (length < 0) {
      throw JcaAead.forged();
    }
    JcaAead.requireRoom(out, length);
    boolean authentic;
    try {
      DirectCipher cipher = ready(Cipher.DECRYPT_MODE, nonce, additionalData, additionalLength);
      authentic = opens(cipher, ciphertext, length, out);
      ciphers.giveBack(cipher);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw JcaAead.failed(algorithm, e);
    }
    if (!authentic) {
      throw JcaAead.forged();
    }
    ciphertext.position(ciphertext.limit());
  }

  private static boolean opens(
      DirectCipher cipher, ByteBuffer ciphertext, int length, ByteBuffer out)
      throws GeneralSecurityException {
    try {
      if (apartInDirectMemory(ciphertext, out)) {
        run(cipher, ciphertext.duplicate(), place(out, length));
        out.position(out.position() + length);
      } else {
        openInRoom(cipher, ciphertext, out);
      }
      return true;
    } catch (BadPaddingException _) {
      return false;
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

  /** A cipher whose provider fails is not given back: who knows in what state it is. */
  private DirectCipher ready(int mode, byte[] nonce, byte[] additionalData, int additionalLength)
      throws GeneralSecurityException {
    if (secret.isClosed() || this.mode != mode) {
      throw new IllegalStateException("Closed, or made for the other direction");
    }
    if (nonce.length != AeadAlgorithm.NONCE_LENGTH) {
      throw new IllegalArgumentException("A nonce of " + nonce.length + " bytes");
    }
    DirectCipher cipher = ciphers.take();
    GCMParameterSpec parameters = new GCMParameterSpec(8 * AeadAlgorithm.TAG_LENGTH, nonce);
    cipher.init(mode, key, parameters, additionalData, additionalLength);
    return cipher;
  }

  /** Where native code may work on both: nothing of Java's would notice memory that is freed. */
  private static boolean apartInDirectMemory(ByteBuffer from, ByteBuffer to) {
    if (!from.isDirect() || !to.isDirect()) {
      return false;
    }
    MemorySegment source = MemorySegment.ofBuffer(from);
    MemorySegment target = MemorySegment.ofBuffer(to);
    return isUsable(source) && isUsable(target) && source.asOverlappingSlice(target).isEmpty();
  }

  private static boolean isUsable(MemorySegment segment) {
    return segment.scope().isAlive() && segment.isAccessibleBy(Thread.currentThread());
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
