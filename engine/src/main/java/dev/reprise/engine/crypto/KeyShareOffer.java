/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.crypto;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** A share that was sent, with the private key that waits for the peer's. */
public interface KeyShareOffer extends AutoCloseable {
  /** What the peer is sent. */
  Opaque share();

  /**
   * The shared secret, which the caller closes. The private key is gone afterwards, whatever
   * happened.
   *
   * @throws TlsException {@code illegal_parameter} if the peer's share is not one of this group
   * @throws IllegalStateException if completed before, or closed
   */
  Secret complete(Opaque peerShare) throws TlsException;

  /** Lets go of the private key. */
  @Override
  void close();
}
