/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.TlsException;

/** Makes AEADs. The key is copied: the caller may close it afterwards. */
public interface AeadCiphers {
  /** For writing: only {@link Aead#seal} works. */
  Aead sealing(AeadAlgorithm algorithm, Secret key) throws TlsException;

  /** For reading: only {@link Aead#open} works. */
  Aead opening(AeadAlgorithm algorithm, Secret key) throws TlsException;
}
