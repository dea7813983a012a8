/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Refuses a secret of zeros only. No honest handshake has one: it is a secret that was never set,
 * as in CVE-2026-34873, where a resumption after a HelloRetryRequest ran on an all-zero main secret
 * and so let anyone in. A peer may be able to provoke such a fault of ours, so it is not an
 * unchecked exception but ends the connection with {@code internal_error}.
 */
final class ZeroSecret {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private ZeroSecret() {}

  /** Looks at every byte, whatever they are. */
  static void refuse(Secret secret, String what) throws TlsException {
    byte[] bytes = secret.reveal();
    long bits = 0;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      bits |= (long) EIGHT_BYTES.get(bytes, at);
    }
    for (; at < bytes.length; at++) {
      bits |= bytes[at];
    }
    if (bits == 0) {
      throw TlsException.internal("The " + what + " is all zeros", null);
    }
  }
}
