/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Pool;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM (c2sp.org/XAES-256-GCM) under one key: an AEAD whose 192-bit nonces may be drawn at
 * random for as many messages as one likes. A key of its own for each message is derived from the
 * nonce's first half by two AES blocks (CMAC in counter mode), and with it the message is sealed
 * under AES-256-GCM with the nonce's second half.
 *
 * <p>Safe for threads. The key is expanded in one place, a Cipher that works under a short lock
 * (two blocks), so that {@link #close} can overwrite it; the AES-256-GCM Ciphers are pooled and
 * know the keys of single messages only.
 */
public final class Xaes256Gcm implements Secret.Derived {
  public static final int KEY_LENGTH = 32;
  public static final int NONCE_LENGTH = 24;
  public static final int TAG_LENGTH = 16;

  private static final int BLOCK = 16;
  private static final int HALF_NONCE = 12;

  private final Cipher derivation;
  private final byte[] subkey;
  private final Pool<MessageCipher> messageCiphers = new Pool<>();
  private volatile boolean closed;

  private Xaes256Gcm(Cipher derivation, byte[] subkey) {
    this.derivation = derivation;
    this.subkey = subkey;
  }

  /** Under a copy of {@code key}, which stays the caller's to wipe. */
  public static Xaes256Gcm of(byte[] key) throws TlsException {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("XAES-256-GCM has keys of 32 bytes, not " + key.length);
    }
    try {
      Cipher cipher = JdkAes.cipher("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new JdkAes.Key(key));
      return new Xaes256Gcm(cipher, cmacSubkey(cipher.doFinal(new byte[BLOCK])));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(e);
    }
  }

  // NIST SP 800-38B, Section 6.1, of which a message of whole blocks needs K1 only.
  private static byte[] cmacSubkey(byte[] encryptedZero) {
    byte[] subkey = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int next = i + 1 < BLOCK ? (encryptedZero[i + 1] & 0xff) >>> 7 : 0;
      subkey[i] = (byte) (encryptedZero[i] << 1 | next);
    }
    subkey[BLOCK - 1] ^= (byte) ((encryptedZero[0] >> 7) & 0x87);
    Arrays.fill(encryptedZero, (byte) 0);
    return subkey;
  }

  /**
   * Writes ciphertext and tag to {@code out} at {@code at}; {@code plaintext} must not lie there.
   *
   * @param nonce 24 bytes that were never used with this key
   */
  public void seal(Opaque nonce, Opaque additionalData, Opaque plaintext, byte[] out, int at)
      throws TlsException {
    MessageCipher cipher = messageCipher();
    try {
      cipher.run(Cipher.ENCRYPT_MODE, nonce, additionalData, plaintext, out, at);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(e);
    }
    giveBack(cipher);
  }

  /**
   * Writes the plaintext to the start of {@code out}, which must not be where {@code sealed} lies.
   *
   * @return its length, or -1 if this is not authentic: then {@code out} holds nothing of it
   */
  public int open(Opaque nonce, Opaque additionalData, Opaque sealed, byte[] out)
      throws TlsException {
    if (sealed.length() < TAG_LENGTH) {
      return -1;
    }
    MessageCipher cipher = messageCipher();
    int length;
    try {
      length = cipher.run(Cipher.DECRYPT_MODE, nonce, additionalData, sealed, out, 0);
    } catch (AEADBadTagException _) {
      length = -1;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(e);
    }
    giveBack(cipher);
    return length;
  }

  /** Overwrites the key and everything made of it. What is under way may fail. */
  @Override
  public void close() {
    synchronized (derivation) {
      closed = true;
      Arrays.fill(subkey, (byte) 0);
      try {
        derivation.init(Cipher.ENCRYPT_MODE, new JdkAes.Key(new byte[KEY_LENGTH]));
      } catch (GeneralSecurityException | RuntimeException _) {
        // Another provider's whim: the reference goes with this object all the same.
      }
    }
    while (messageCiphers.take() != null) {
      // Dropped: they know the keys of single messages.
    }
  }

  public boolean isClosed() {
    return closed;
  }

  private void deriveMessageKey(Opaque nonce, byte[] blocks, byte[] key)
      throws GeneralSecurityException {
    synchronized (derivation) {
      if (closed) {
        throw new GeneralSecurityException("The key was wiped");
      }
      for (int i = 0; i < 2; i++) {
        int block = i * BLOCK;
        blocks[block] = 0;
        blocks[block + 1] = (byte) (i + 1);
        blocks[block + 2] = 'X';
        blocks[block + 3] = 0;
        nonce.slice(0, HALF_NONCE).copyTo(blocks, block + 4);
        for (int j = 0; j < BLOCK; j++) {
          blocks[block + j] ^= subkey[j];
        }
      }
      derivation.doFinal(blocks, 0, 2 * BLOCK, key, 0);
    }
  }

  private MessageCipher messageCipher() throws TlsException {
    MessageCipher pooled = messageCiphers.take();
    try {
      return pooled != null ? pooled : new MessageCipher();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(e);
    }
  }

  private void giveBack(MessageCipher cipher) {
    if (!closed) {
      messageCiphers.give(cipher);
    }
  }

  private static TlsException failed(@Nullable Throwable cause) {
    return TlsException.internal("XAES-256-GCM failed", cause);
  }

  /** One message at a time. Not given back after a failure that is not the message's own. */
  private final class MessageCipher {
    private final Cipher gcm = JdkAes.cipher("AES/GCM/NoPadding");
    private final byte[] blocks = new byte[2 * BLOCK];
    private final byte[] keyBytes = new byte[KEY_LENGTH];
    private final JdkAes.Key key = new JdkAes.Key(keyBytes);

    MessageCipher() throws GeneralSecurityException {}

    int run(int mode, Opaque nonce, Opaque additionalData, Opaque in, byte[] out, int at)
        throws GeneralSecurityException {
      if (nonce.length() != NONCE_LENGTH) {
        throw new GeneralSecurityException("XAES-256-GCM has nonces of 24 bytes");
      }
      try {
        deriveMessageKey(nonce, blocks, keyBytes);
        gcm.init(mode, key, parameters(nonce));
      } finally {
        Arrays.fill(keyBytes, (byte) 0);
        Arrays.fill(blocks, (byte) 0);
      }
      gcm.updateAAD(additionalData.array(), additionalData.offset(), additionalData.length());
      return gcm.doFinal(in.array(), in.offset(), in.length(), out, at);
    }

    private static GCMParameterSpec parameters(Opaque nonce) {
      return new GCMParameterSpec(
          8 * TAG_LENGTH, nonce.array(), nonce.offset() + HALF_NONCE, HALF_NONCE);
    }
  }
}
