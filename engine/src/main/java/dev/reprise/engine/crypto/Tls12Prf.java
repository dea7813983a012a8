/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;

/**
 * The pseudorandom function of TLS 1.2 (RFC 5246, Section 5). It keeps one JCA Mac: cheap to make,
 * one for each handshake, not thread-safe.
 */
public final class Tls12Prf {
  private final Hmac hmac;

  public Tls12Prf(HashAlgorithm hash, CryptoProvider crypto) throws TlsException {
    hmac = new Hmac(hash, crypto);
  }

  public HashAlgorithm hash() {
    return hmac.hash();
  }

  /** PRF({@code secret}, {@code label}, {@code seed}), its first {@code length} bytes. */
  public byte[] expand(Secret secret, String label, byte[] seed, int length) throws TlsException {
    throw new UnsupportedOperationException(label + secret + seed.length + length);
  }
}
