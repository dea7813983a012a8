/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import javax.crypto.Mac;

/** HMAC (RFC 2104) over one hash, with one JCA Mac kept from key to key. Not thread-safe. */
public final class Hmac {
  private final HashAlgorithm hash;
  private final Mac mac;

  public Hmac(HashAlgorithm hash, CryptoProvider crypto) throws TlsException {
    this.hash = hash;
    this.mac = crypto.digests().hmac(hash);
  }

  public HashAlgorithm hash() {
    return hash;
  }

  /** HMAC({@code key}, {@code data}), of Hash.length bytes. */
  public byte[] mac(Secret key, byte[] data) throws TlsException {
    throw new UnsupportedOperationException("" + mac + key + data.length);
  }
}
