/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * HMAC (RFC 2104) over one hash, with one JCA Mac kept from key to key. Not thread-safe. The Mac
 * holds the last key in its own form, xored with two constants, until the next one comes or {@link
 * #forget}, which also gives it away.
 */
public final class Hmac {
  static final byte[] NOTHING = {};

  private final HashAlgorithm hash;
  private final Digests digests;
  private @Nullable Mac mac;
  private @Nullable Secret keyed;

  public Hmac(HashAlgorithm hash, CryptoProvider crypto) throws TlsException {
    this.hash = hash;
    this.digests = crypto.digests();
    this.mac = digests.hmac(hash);
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
      Mac ready = keyedWith(key);
      if (first.length > 0) {
        ready.update(first, 0, first.length);
      }
      ready.update(second, 0, secondLength);
      return ready.doFinal();
    } catch (InvalidKeyException | RuntimeException e) {
      keyed = null;
      throw TlsException.internal("The provider of " + hash.macName() + " failed", e);
    }
  }

  /** Overwrites the key that the Mac holds, whichever it is. More MACs may follow. */
  public void forget() {
    Mac used = mac;
    mac = null;
    keyed = null;
    if (used != null) {
      digests.giveBack(hash, used);
    }
  }

  /** Whether there is a Mac that may hold a key of somebody's. */
  public boolean holdsKey() {
    return mac != null;
  }

  /** The same if it is {@code secret}, or one that is wiped already. */
  void forget(Secret secret) {
    Secret last = keyed;
    if (last == secret || (last != null && last.isClosed())) {
      forget();
    }
  }

  /** A finished Mac is ready for the same key again, which most derivations make use of. */
  private Mac keyedWith(Secret key) throws InvalidKeyException, TlsException {
    Mac ready = mac;
    if (ready == null) {
      ready = digests.hmac(hash);
      mac = ready;
    }
    if (keyed != key) {
      keyed = null;
      ready.init(new SecretBytesKey(key, hash.macName()));
      keyed = key;
    }
    return ready;
  }
}
