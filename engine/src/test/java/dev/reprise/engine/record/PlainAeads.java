/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reprise.engine.crypto.Aead;
import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.AeadCiphers;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.TlsException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AEADs as plain as can be: a new cipher and new arrays for each record. They fail a test that uses
 * a nonce twice, the wrong direction or a closed key.
 */
final class PlainAeads implements AeadCiphers {
  private final List<PlainAead> made = new ArrayList<>();
  private boolean failing;

  @Override
  public Aead sealing(AeadAlgorithm algorithm, Secret key) {
    return made(new PlainAead(algorithm, key.reveal().clone(), true));
  }

  @Override
  public Aead opening(AeadAlgorithm algorithm, Secret key) {
    return made(new PlainAead(algorithm, key.reveal().clone(), false));
  }

  /** Those made so far that are not closed. */
  long open() {
    return made.stream().filter(aead -> !aead.closed).count();
  }

  /** From now on sealing fails half-way, as a provider might. */
  void fail() {
    failing = true;
  }

  private Aead made(PlainAead aead) {
    made.add(aead);
    return aead;
  }

  static byte[] crypt(
      int mode, AeadAlgorithm algorithm, byte[] key, byte[] nonce, byte[] additional, byte[] text)
      throws GeneralSecurityException {
    boolean gcm = algorithm != AeadAlgorithm.CHACHA20_POLY1305;
    Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
    AlgorithmParameterSpec parameters =
        gcm ? new GCMParameterSpec(128, nonce) : new IvParameterSpec(nonce);
    cipher.init(mode, new SecretKeySpec(key, gcm ? "AES" : "ChaCha20"), parameters);
    cipher.updateAAD(additional);
    return cipher.doFinal(text);
  }

  private final class PlainAead implements Aead {
    private final AeadAlgorithm algorithm;
    private final byte[] key;
    private final boolean forSealing;
    private final Set<String> nonces = new HashSet<>();
    private boolean closed;

    PlainAead(AeadAlgorithm algorithm, byte[] key, boolean forSealing) {
      this.algorithm = algorithm;
      this.key = key;
      this.forSealing = forSealing;
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
      assertTrue(forSealing && !closed, "the right direction and not closed");
      assertTrue(nonces.add(HexFormat.of().formatHex(nonce)), "a nonce used once only");
      boolean trailing = trailingByte != NO_TRAILING_BYTE;
      byte[] text = new byte[plaintext.remaining() + (trailing ? 1 : 0)];
      plaintext.get(text, 0, plaintext.remaining());
      if (trailing) {
        text[text.length - 1] = (byte) trailingByte;
      }
      if (failing) {
        out.put((byte) 0);
        throw TlsException.internal("The provider failed", null);
      }
      byte[] additional = Arrays.copyOf(additionalData, additionalLength);
      try {
        out.put(crypt(Cipher.ENCRYPT_MODE, algorithm, key, nonce, additional, text));
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
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
      assertFalse(forSealing || closed, "the right direction and not closed");
      assertEquals(AeadAlgorithm.NONCE_LENGTH, nonce.length);
      byte[] text = new byte[ciphertext.remaining()];
      ciphertext.get(ciphertext.position(), text);
      byte[] additional = Arrays.copyOf(additionalData, additionalLength);
      try {
        out.put(crypt(Cipher.DECRYPT_MODE, algorithm, key, nonce, additional, text));
        ciphertext.position(ciphertext.limit());
      } catch (AEADBadTagException e) {
        throw TlsException.misbehaved(AlertDescription.BAD_RECORD_MAC, "It does not open");
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      closed = true;
      Arrays.fill(key, (byte) 0);
    }
  }
}
