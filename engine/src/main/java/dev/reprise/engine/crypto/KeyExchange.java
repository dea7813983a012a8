/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** An ephemeral key exchange in one group; thread-safe. No key is ever used twice. */
public interface KeyExchange {
  NamedGroup group();

  /** The first share: a TLS 1.3 client's, or a TLS 1.2 server's. */
  KeyShareOffer offer() throws TlsException;

  /**
   * The second share, in answer to the first, and with it the shared secret.
   *
   * @throws TlsException {@code illegal_parameter} if the peer's share is not one of this group
   */
  KeyShareAnswer answer(Opaque peerShare) throws TlsException;
}
