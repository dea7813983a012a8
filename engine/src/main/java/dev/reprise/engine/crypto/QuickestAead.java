/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM in two ways: each record goes the one that is quicker for it. A kept cipher has to be
 * given its key, which takes as long as several short records and 1.4 KB, so the first ones of a
 * key are spared that; most keys of a handshake have one. The figures are in docs/decisions.md.
 */
final class QuickestAead implements Aead {
  /** From the next short record on, the kept cipher has paid for itself. */
  private static final int FIRST_RECORDS = 4;

  private static final int SHORT = 1024;
  private static final int LONG = 4096;

  private final DirectAead direct;
  private final IdleCiphers keeping;
  private final int mode;
  private final Secret secret;
  private final DirectCiphers ciphers;
  private final byte[] lastNonce = new byte[AeadAlgorithm.NONCE_LENGTH];
  private @Nullable Aead kept;
  private int shortRecords;
  private boolean hasSealed;

  /**
   * @param secret taken over
   */
  QuickestAead(DirectCiphers ciphers, IdleCiphers keeping, int mode, Secret secret) {
    this.ciphers = ciphers;
    this.keeping = keeping;
    this.mode = mode;
    this.secret = secret;
    this.direct = new DirectAead(ciphers, keeping.algorithm(), mode, secret);
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
    requireAnotherNonce(nonce);
    boolean inDirectMemory = plaintext.isDirect() && out.isDirect();
    choose(plaintext.remaining(), inDirectMemory)
        .seal(nonce, additionalData, additionalLength, plaintext, trailingByte, out);
  }

  @Override
  public void open(
      byte[] nonce,
      byte[] additionalData,
      int additionalLength,
      ByteBuffer ciphertext,
      ByteBuffer out)
      throws TlsException {
    boolean inDirectMemory = ciphertext.isDirect() && out.isDirect();
    choose(ciphertext.remaining(), inDirectMemory)
        .open(nonce, additionalData, additionalLength, ciphertext, out);
  }

  /** Each way would notice its own only. Who calls counts; this is for when that fails. */
  private void requireAnotherNonce(byte[] nonce) throws TlsException {
    if (hasSealed && Arrays.equals(lastNonce, nonce)) {
      throw TlsException.internal("A nonce for a second record", null);
    }
    hasSealed = true;
    System.arraycopy(nonce, 0, lastNonce, 0, Math.min(nonce.length, lastNonce.length));
  }

  private Aead choose(int length, boolean inDirectMemory) throws TlsException {
    if (!ciphers.haveMemory()) {
      return kept();
    }
    if (length >= LONG) {
      boolean fits = length <= DirectCipher.ROOM - 1 - AeadAlgorithm.TAG_LENGTH;
      return fits && inDirectMemory && ciphers.haveLongOnes() ? direct : kept();
    }
    if (kept == null && length <= SHORT && shortRecords < FIRST_RECORDS) {
      shortRecords++;
      return direct;
    }
    return kept();
  }

  private Aead kept() throws TlsException {
    Aead made = kept;
    if (made == null) {
      made = ArrayAead.keeping(keeping, mode, secret);
      kept = made;
    }
    return made;
  }

  @Override
  public void close() {
    direct.close();
    if (kept != null) {
      kept.close();
    }
  }
}
