/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** Makes hashes and HMACs. */
public interface Digests {
  /** A new hash; it can be cloned. */
  MessageDigest digest(HashAlgorithm algorithm) throws TlsException;

  /** A new HMAC, without a key yet. */
  Mac hmac(HashAlgorithm algorithm) throws TlsException;
}
