/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** Makes hashes and HMACs. */
public interface Digests {
  /** A new hash; it can be cloned. */
  MessageDigest digest(HashAlgorithm algorithm) throws TlsException;

  /** An HMAC that has to be given a key. */
  Mac hmac(HashAlgorithm algorithm) throws TlsException;

  /** One that nobody needs any more: the key that it holds is overwritten. */
  default void giveBack(HashAlgorithm algorithm, Mac hmac) {
    // Who keeps none leaves it to the collector.
  }
}
