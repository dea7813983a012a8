/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.wire.TlsException;

/** The handshake is over; a few messages may still come. */
public sealed interface Connected extends HandshakeState permits Tls12Connected, Tls13Connected {
  /**
   * Moves on to new write keys, since the ones in use have protected all they may: RFC 8446,
   * Section 5.5. TLS 1.2 has no way to do so, and the connection ends.
   */
  void updateWriteKeys() throws TlsException;

  /** Whether the peer has asked for new write keys and not been answered. */
  boolean owesKeyUpdate();

  /** Wipes the secrets that keys are made from: the connection has ended. */
  void close();
}
