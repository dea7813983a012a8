/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * HKDF (RFC 5869) over one hash, and TLS 1.3's HKDF-Expand-Label (RFC 8446, Section 7.1). It keeps
 * one JCA Mac: cheap to make, one for each handshake, not thread-safe.
 */
public final class Hkdf {
  private static final byte[] ZEROS = new byte[48];
  private static final Secret ZERO_SALT = Secret.copyOf(ZEROS);

  /** Enough for every label of the key schedule with a SHA-384 transcript hash and the counter. */
  private static final int USUAL_INFO = 80;

  private final Hmac hmac;
  private final byte[] usualInfo = new byte[USUAL_INFO];

  public Hkdf(HashAlgorithm hash, CryptoProvider crypto) throws TlsException {
    hmac = new Hmac(hash, crypto);
  }

  public HashAlgorithm hash() {
    return hmac.hash();
  }

  /** The HMAC inside, for the Finished and binder values, which are HMACs and no HKDF. */
  public Hmac hmac() {
    return hmac;
  }

  /** Overwrites the key that the Mac holds, whichever it is. More derivations may follow. */
  public void forget() {
    hmac.forget();
  }

  /** The same if it is {@code secret}, or one that is wiped already. */
  public void forget(Secret secret) {
    hmac.forget(secret);
  }

  /** HKDF-Extract. Null stands for Hash.length zero bytes, as "0" does in RFC 8446, Section 7.1. */
  public Secret extract(@Nullable Secret salt, @Nullable Secret inputKeyingMaterial)
      throws TlsException {
    // HMAC pads its key with zeros: so many of them are as good as Hash.length.
    Secret key = salt == null ? ZERO_SALT : salt;
    byte[] input = inputKeyingMaterial == null ? ZEROS : inputKeyingMaterial.reveal();
    int length = inputKeyingMaterial == null ? hash().length() : input.length;
    return Secret.takeOver(hmac.mac(key, Hmac.NOTHING, input, length));
  }

  /** HKDF-Expand. */
  public Secret expand(Secret pseudorandomKey, byte[] info, int length) throws TlsException {
    byte[] counted = Arrays.copyOf(info, info.length + 1);
    return Secret.takeOver(expandCounted(pseudorandomKey, counted, info.length, length));
  }

  /**
   * HKDF-Expand-Label.
   *
   * @param label without the "tls13 " in front
   * @param context at most 255 bytes: a transcript hash, or nothing
   * @param length of the result, in bytes
   */
  public Secret expandLabel(Secret secret, String label, byte[] context, int length)
      throws TlsException {
    return Secret.takeOver(expandLabelBytes(secret, label, context, length));
  }

  /** {@link #expandLabel} where the result is no secret, such as exported keying material. */
  public byte[] expandLabelBytes(Secret secret, String label, byte[] context, int length)
      throws TlsException {
    byte[] encoded = HkdfLabel.label(label);
    int infoLength = HkdfLabel.length(encoded, context);
    byte[] info = infoLength < USUAL_INFO ? usualInfo : new byte[infoLength + 1];
    HkdfLabel.write(length, encoded, context, info);
    return expandCounted(secret, info, infoLength, length);
  }

  /** {@code info} has room for the counter behind its {@code infoLength} bytes. */
  private byte[] expandCounted(Secret key, byte[] info, int infoLength, int length)
      throws TlsException {
    if (length < 0 || length > 255 * hash().length()) {
      throw new IllegalArgumentException("HKDF cannot expand to " + length + " bytes");
    }
    byte[] block = block(key, Hmac.NOTHING, info, infoLength, 1);
    if (block.length == length) {
      return block;
    }
    byte[] result = Arrays.copyOf(block, length);
    for (int at = block.length, counter = 2; at < length; at += block.length, counter++) {
      byte[] next = block(key, block, info, infoLength, counter);
      System.arraycopy(next, 0, result, at, Math.min(next.length, length - at));
      Arrays.fill(block, (byte) 0);
      block = next;
    }
    Arrays.fill(block, (byte) 0);
    return result;
  }

  /** T(counter) of RFC 5869, Section 2.3. */
  private byte[] block(Secret key, byte[] previous, byte[] info, int infoLength, int counter)
      throws TlsException {
    info[infoLength] = (byte) counter;
    return hmac.mac(key, previous, info, infoLength + 1);
  }
}
