/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * HMAC (RFC 2104) over one hash, with one JCA Mac kept from key to key. Not thread-safe. The Mac
 * holds the last key in its own form, xored with two constants, until the next one comes or {@link
 * #forget}.
 */
public final class Hmac {
  static final byte[] NOTHING = {};

  /** Known to everybody: what a Mac may hold for ever. */
  private static final Secret NO_KEY = Secret.copyOf(new byte[32]);

  private final HashAlgorithm hash;
  private final Mac mac;
  private @Nullable Secret keyed;
  private boolean holdsKey;

  public Hmac(HashAlgorithm hash, CryptoProvider crypto) throws TlsException {
    this.hash = hash;
    this.mac = crypto.digests().hmac(hash);
  }

  public HashAlgorithm hash() {
    return hash;
  }

  /** HMAC({@code key}, {@code data}), of Hash.length bytes. */
  public byte[] mac(Secret key, byte[] data) throws TlsException {
    return mac(key, NOTHING, data, data.length);
  }

  /** HMAC({@code key}, {@code first} ‖ the first {@code secondLength} bytes of {@code second}). */
  byte[] mac(Secret key, byte[] first, byte[] second, int secondLength) throws TlsException {
    key.requireOpen();
    try {
      keyWith(key);
      if (first.length > 0) {
        mac.update(first, 0, first.length);
      }
      mac.update(second, 0, secondLength);
      return mac.doFinal();
    } catch (InvalidKeyException | RuntimeException e) {
      keyed = null;
      throw TlsException.internal("The provider of " + hash.macName() + " failed", e);
    }
  }

  /** Overwrites the key that the Mac holds, whichever it is. More MACs may follow. */
  public void forget() {
    if (!holdsKey) {
      return;
    }
    keyed = null;
    try {
      mac.init(new SecretBytesKey(NO_KEY, hash.macName()));
      holdsKey = false;
    } catch (InvalidKeyException | RuntimeException _) {
      // Another provider's whim: the key goes when this object does.
    }
  }

  /** Whether the Mac holds a key of somebody's. */
  public boolean holdsKey() {
    return holdsKey;
  }

  /** The same if it is {@code secret}, or one that is wiped already. */
  void forget(Secret secret) {
    Secret last = keyed;
    if (last == secret || (last != null && last.isClosed())) {
      forget();
    }
  }

  /** A finished Mac is ready for the same key again, which most derivations make use of. */
  private void keyWith(Secret key) throws InvalidKeyException {
    if (keyed != key) {
      keyed = null;
      holdsKey = true;
      mac.init(new SecretBytesKey(key, hash.macName()));
      keyed = key;
    }
  }
}
