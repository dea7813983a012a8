/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An AEAD over a JCA cipher. The cipher is shown arrays only: direct buffers are copied, which is
 * quicker than what the JDK does with them, and spares us that its AES-GCM, when a tag is wrong,
 * clears a direct buffer from its start on and leaves plaintext in an array that it works in place.
 */
final class JcaAead implements Aead {
  private static final int TAG_LENGTH = AeadAlgorithm.TAG_LENGTH;

  private final AeadAlgorithm algorithm;
  private final int mode;
  private final Secret secret;
  private final SecretBytesKey key;
  private final byte[] oneByte = new byte[1];
  private @Nullable Cipher cipher;

  private JcaAead(AeadAlgorithm algorithm, int mode, Secret secret, Cipher cipher) {
    this.algorithm = algorithm;
    this.mode = mode;
    this.secret = secret;
    this.key = new SecretBytesKey(secret, keyName(algorithm));
    this.cipher = cipher;
  }

  static JcaAead create(AeadAlgorithm algorithm, int mode, Secret key, JcaProviders providers)
      throws TlsException {
    if (key.length() != algorithm.keyLength()) {
      throw new IllegalArgumentException(algorithm + " with a key of " + key.length() + " bytes");
    }
    try {
      Cipher cipher =
          switch (algorithm) {
            case AES_128_GCM, AES_256_GCM ->
                Cipher.getInstance("AES/GCM/NoPadding", providers.aesGcm());
            case CHACHA20_POLY1305 ->
                Cipher.getInstance("ChaCha20-Poly1305", providers.chaCha20Poly1305());
          };
      return new JcaAead(algorithm, mode, key.copy(), cipher);
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
    int length = plaintext.remaining();
    int sealed = length + (trailingByte == NO_TRAILING_BYTE ? 0 : 1) + TAG_LENGTH;
    requireRoom(out, sealed);
    byte[] target = out.hasArray() ? out.array() : new byte[sealed];
    int at = start(out);
    boolean direct = isReadable(plaintext, target, at, sealed);
    if (!direct) {
      plaintext.get(plaintext.position(), target, at, length);
    }
    byte[] source = direct ? plaintext.array() : target;
    int from = direct ? start(plaintext) : at;
    try {
      Cipher ready = ready(Cipher.ENCRYPT_MODE, nonce, additionalData, additionalLength);
      requireLength(encrypt(ready, source, from, length, trailingByte, target, at), sealed);
    } catch (GeneralSecurityException | RuntimeException e) {
      Arrays.fill(target, at, at + sealed, (byte) 0);
      throw failed(algorithm, e);
    }
    plaintext.position(plaintext.limit());
    deliver(target, sealed, out);
  }

  @Override
  public void open(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer ciphertext,
      ByteBuffer out)
      throws TlsException {
    int length = ciphertext.remaining();
    int opened = length - TAG_LENGTH;
    if (opened < 0) {
      throw forged();
    }
    requireRoom(out, opened);
    byte[] target = out.hasArray() ? out.array() : new byte[opened];
    int at = start(out);
    boolean direct = isReadable(ciphertext, target, at, opened);
    byte[] source = direct ? ciphertext.array() : copy(ciphertext);
    int from = direct ? start(ciphertext) : 0;
    try {
      Cipher ready = ready(Cipher.DECRYPT_MODE, nonce, additionalData, additionalLength);
      requireLength(ready.doFinal(source, from, length, target, at), opened);
    } catch (BadPaddingException _) {
      Arrays.fill(target, at, at + opened, (byte) 0);
      throw forged();
    } catch (GeneralSecurityException | RuntimeException e) {
      Arrays.fill(target, at, at + opened, (byte) 0);
      throw failed(algorithm, e);
    }
    ciphertext.position(ciphertext.limit());
    deliver(target, opened, out);
  }

  @Override
  public void close() {
    cipher = null;
    secret.close();
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
    kept.init(mode, key, parameters(nonce));
    kept.updateAAD(additionalData, 0, additionalLength);
    return kept;
  }

  private AlgorithmParameterSpec parameters(byte[] nonce) {
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM -> new GCMParameterSpec(8 * TAG_LENGTH, nonce);
      case CHACHA20_POLY1305 -> new IvParameterSpec(nonce);
    };
  }

  private int encrypt(
      Cipher ready, byte[] source, int from, int length, int trailingByte, byte[] target, int at)
      throws GeneralSecurityException {
    if (trailingByte == NO_TRAILING_BYTE) {
      return ready.doFinal(source, from, length, target, at);
    }
    int done = ready.update(source, from, length, target, at);
    oneByte[0] = (byte) trailingByte;
    return done + ready.doFinal(oneByte, 0, 1, target, at + done);
  }

  /**
   * Whether the cipher may read {@code in} where it lies while it writes to {@code target}: exactly
   * in place, or apart. Shifted by a few bytes, not every provider looks before it overwrites.
   */
  private static boolean isReadable(ByteBuffer in, byte[] target, int at, int extent) {
    if (!in.hasArray()) {
      return false;
    }
    int from = start(in);
    return in.array() != target || from == at || from >= at + extent || from + in.remaining() <= at;
  }

  /** Where the buffer's next byte is in its array, or in the one made for it. */
  private static int start(ByteBuffer buffer) {
    return buffer.hasArray() ? buffer.arrayOffset() + buffer.position() : 0;
  }

  private static byte[] copy(ByteBuffer in) {
    byte[] copy = new byte[in.remaining()];
    in.get(in.position(), copy);
    return copy;
  }

  private static void deliver(byte[] target, int length, ByteBuffer out) {
    if (out.hasArray()) {
      out.position(out.position() + length);
    } else {
      out.put(target, 0, length);
    }
  }

  private static void requireRoom(ByteBuffer out, int length) throws TlsException {
    if (out.remaining() < length) {
      throw TlsException.internal(out.remaining() + " bytes of room for " + length, null);
    }
  }

  private static void requireLength(int done, int expected) {
    if (done != expected) {
      throw new IllegalStateException("The cipher wrote " + done + " bytes, not " + expected);
    }
  }

  private static String keyName(AeadAlgorithm algorithm) {
    return switch (algorithm) {
      case AES_128_GCM, AES_256_GCM -> "AES";
      case CHACHA20_POLY1305 -> "ChaCha20";
    };
  }

  private static TlsException forged() {
    return TlsException.misbehaved(
        AlertDescription.BAD_RECORD_MAC, "What came is not what was sealed");
  }

  private static TlsException failed(AeadAlgorithm algorithm, Exception cause) {
    return TlsException.internal("The provider of " + algorithm + " failed", cause);
  }
}
