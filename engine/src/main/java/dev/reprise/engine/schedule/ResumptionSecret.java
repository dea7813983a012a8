/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** What the PSKs of a connection's tickets come from: RFC 8446, Section 4.6.1. */
public final class ResumptionSecret extends Stage {
  ResumptionSecret(Hkdf hkdf, Secret secret) {
    super(hkdf, secret);
  }

  /** The PSK of the ticket with this nonce, which is the caller's to wipe. */
  public Secret psk(Opaque ticketNonce) throws TlsException {
    // PSK: resumption_master_secret, "resumption", the ticket_nonce as context.
    // RFC 8446, Section 4.6.1.
    return hkdf.expandLabel(secret, Labels.RESUMPTION, ticketNonce.toArray(), hkdf.hash().length());
  }
}
