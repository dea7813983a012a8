/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;

/**
 * Refuses a secret of zeros only. No honest handshake has one: it is a secret that was never set,
 * as in CVE-2026-34873, where a resumption after a HelloRetryRequest ran on an all-zero main secret
 * and so let anyone in. A peer may be able to provoke such a fault of ours, so it is not an
 * unchecked exception but ends the connection with {@code internal_error}.
 */
final class ZeroSecret {
  private ZeroSecret() {}

  /** Looks at every byte, whatever they are. */
  static void refuse(Secret secret, String what) throws TlsException {
    int bits = 0;
    for (byte octet : secret.reveal()) {
      bits |= octet;
    }
    if (bits == 0) {
      throw TlsException.internal("The " + what + " is all zeros", null);
    }
  }
}
