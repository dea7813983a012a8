/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import java.security.PrivateKey;
import java.security.PublicKey;

/** Makes and checks signatures; thread-safe. */
public interface Signatures {
  /**
   * The signature of {@code content}.
   *
   * @throws TlsException {@code internal_error} if the key does not do what the scheme asks
   */
  Opaque sign(SignatureScheme scheme, PrivateKey key, byte[] content) throws TlsException;

  /**
   * Returns only if {@code signature} is the key's over {@code content}.
   *
   * @throws TlsException {@code decrypt_error} otherwise (RFC 8446, Section 4.4.3), and also if the
   *     key is not one of the scheme's, for which callers ask {@link SignatureScheme#usableWith}
   *     first
   */
  void verify(SignatureScheme scheme, PublicKey key, byte[] content, Opaque signature)
      throws TlsException;
}
