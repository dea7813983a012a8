/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import org.jspecify.annotations.Nullable;

/**
 * HKDF (RFC 5869) over one hash, and TLS 1.3's HKDF-Expand-Label (RFC 8446, Section 7.1). It keeps
 * one JCA Mac: cheap to make, one for each handshake, not thread-safe.
 */
public final class Hkdf {
  private final Hmac hmac;

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

  /** HKDF-Extract. Null stands for Hash.length zero bytes, as "0" does in RFC 8446, Section 7.1. */
  public Secret extract(@Nullable Secret salt, @Nullable Secret inputKeyingMaterial)
      throws TlsException {
    throw new UnsupportedOperationException("" + salt + inputKeyingMaterial);
  }

  /** HKDF-Expand. */
  public Secret expand(Secret pseudorandomKey, byte[] info, int length) throws TlsException {
    throw new UnsupportedOperationException("" + pseudorandomKey + info.length + length);
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
    throw new UnsupportedOperationException(label + secret + context.length + length);
  }

  /** {@link #expandLabel} where the result is no secret, such as exported keying material. */
  public byte[] expandLabelBytes(Secret secret, String label, byte[] context, int length)
      throws TlsException {
    throw new UnsupportedOperationException(label + secret + context.length + length);
  }
}
