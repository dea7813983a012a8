/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * An AEAD over a JCA cipher that it keeps. The cipher is shown arrays only: direct buffers are
 * copied, which is quicker than what the JDK does with them, and spares us that its AES-GCM, when a
 * tag is wrong, clears a direct buffer from its start on and leaves plaintext in an array that it
 * works in place.
 */
final class JcaAead implements Aead {
  private static final int TAG_LENGTH = AeadAlgorithm.TAG_LENGTH;

  private final IdleCiphers ciphers;
  private final int mode;
  private final Secret secret;
  private final SecretBytesKey key;
  private final byte[] oneByte = new byte[1];
  private @Nullable Cipher cipher;
  private boolean keyed;

  private JcaAead(IdleCiphers ciphers, int mode, Secret secret, Cipher cipher) {
    this.ciphers = ciphers;
    this.mode = mode;
    this.secret = secret;
    this.key = ciphers.key(secret);
    this.cipher = cipher;
  }

  static JcaAead create(IdleCiphers ciphers, int mode, Secret key) throws TlsException {
    AeadAlgorithm algorithm = ciphers.algorithm();
    try {
      return new JcaAead(ciphers, mode, key.copy(), ciphers.take());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(algorithm, e);
    }
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
    int trailing = trailingByte == NO_TRAILING_BYTE ? 0 : 1;
    Span sealed = room(out, plaintext.remaining() + trailing + TAG_LENGTH);
    Span opened = Span.of(plaintext);
    if (opened == null || sealed.disturbs(opened)) {
      opened = sealed.filledFrom(plaintext);
    }
    try {
      Cipher ready = ready(Cipher.ENCRYPT_MODE, nonce, additionalData, additionalLength);
      requireLength(sealed.length, encrypt(ready, opened, trailingByte, sealed));
    } catch (GeneralSecurityException | RuntimeException e) {
      sealed.clear();
      throw failed(ciphers.algorithm(), e);
    }
    plaintext.position(plaintext.limit());
    sealed.deliverTo(out);
  }

  @Override
  public void open(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer ciphertext,
      ByteBuffer out)
      throws TlsException {
    if (ciphertext.remaining() < TAG_LENGTH) {
      throw forged();
    }
    Span opened = room(out, ciphertext.remaining() - TAG_LENGTH);
    Span sealed = Span.of(ciphertext);
    if (sealed == null || opened.disturbs(sealed)) {
      sealed = Span.copyOf(ciphertext);
    }
    try {
      Cipher ready = ready(Cipher.DECRYPT_MODE, nonce, additionalData, additionalLength);
      requireLength(
          opened.length,
          ready.doFinal(sealed.array, sealed.offset, sealed.length, opened.array, opened.offset));
    } catch (BadPaddingException _) {
      opened.clear();
      throw forged();
    } catch (GeneralSecurityException | RuntimeException e) {
      opened.clear();
      throw failed(ciphers.algorithm(), e);
    }
    ciphertext.position(ciphertext.limit());
    opened.deliverTo(out);
  }

  @Override
  public void close() {
    Cipher kept = cipher;
    cipher = null;
    secret.close();
    if (kept != null && keyed) {
      ciphers.giveBack(kept, mode);
    }
  }

  private Cipher ready(int mode, byte[] nonce, byte[] additionalData, int additionalLength)
      throws GeneralSecurityException {
    Cipher kept = cipher;
    if (kept == null || this.mode != mode) {
      throw new IllegalStateException("Closed, or made for the other direction");
    }
    if (nonce.length != AeadAlgorithm.NONCE_LENGTH) {
      throw new IllegalArgumentException("A nonce of " + nonce.length + " bytes");
    }
    keyed = true;
    kept.init(mode, key, ciphers.parameters(nonce));
    kept.updateAAD(additionalData, 0, additionalLength);
    return kept;
  }

  private int encrypt(Cipher ready, Span source, int trailingByte, Span target)
      throws GeneralSecurityException {
    if (trailingByte == NO_TRAILING_BYTE) {
      return ready.doFinal(source.array, source.offset, source.length, target.array, target.offset);
    }
    int done =
        ready.update(source.array, source.offset, source.length, target.array, target.offset);
    oneByte[0] = (byte) trailingByte;
    return done + ready.doFinal(oneByte, 0, 1, target.array, target.offset + done);
  }

  private static Span room(ByteBuffer out, int length) throws TlsException {
    requireRoom(out, length);
    return Span.in(out, length);
  }

  static void requireRoom(ByteBuffer out, int length) throws TlsException {
    if (out.remaining() < length) {
      throw TlsException.internal(out.remaining() + " bytes of room for " + length, null);
    }
  }

  static void requireLength(int expected, int length) {
    if (length != expected) {
      throw new IllegalStateException("The cipher wrote " + length + " bytes, not " + expected);
    }
  }

  static TlsException forged() {
    return TlsException.misbehaved(
        AlertDescription.BAD_RECORD_MAC, "What came is not what was sealed");
  }

  static TlsException failed(AeadAlgorithm algorithm, Exception cause) {
    return TlsException.internal("The provider of " + algorithm + " failed", cause);
  }
}
