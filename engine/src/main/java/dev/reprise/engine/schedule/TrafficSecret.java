/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.AeadAlgorithm;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.TrafficKeys;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** A secret that one direction of one epoch is protected with. */
public final class TrafficSecret extends Stage {
  private static final byte[] NO_CONTEXT = {};

  TrafficSecret(Hkdf hkdf, Secret secret) {
    super(hkdf, secret);
  }

  /** The key and IV of this direction, for records under {@code aead}. */
  public TrafficKeys keys(AeadAlgorithm aead) throws TlsException {
    // [sender]_write_key and [sender]_write_iv: this secret, "key" and "iv", an empty context.
    // RFC 8446, Section 7.3.
    return new TrafficKeys(
        aead,
        hkdf.expandLabel(secret, Labels.KEY, NO_CONTEXT, aead.keyLength()),
        hkdf.expandLabel(secret, Labels.IV, NO_CONTEXT, aead.nonceLength()));
  }

  /**
   * The verify_data of the Finished of this direction's sender, over the transcript before it. To
   * verify a peer's, compare in constant time.
   */
  public Opaque finished(byte[] transcriptHash) throws TlsException {
    // finished_key: this secret as BaseKey, "finished", an empty context.
    // verify_data = HMAC(finished_key, transcript up to this Finished). RFC 8446, Section 4.4.4.
    try (Secret finishedKey =
        hkdf.expandLabel(secret, Labels.FINISHED, NO_CONTEXT, hkdf.hash().length())) {
      return Opaque.takeOver(hkdf.hmac().mac(finishedKey, transcriptHash));
    }
  }

  /** The secret after a KeyUpdate. Hands over: this one is wiped. */
  public TrafficSecret next() throws TlsException {
    // application_traffic_secret_N+1: this secret, "traffic upd", an empty context.
    // RFC 8446, Section 7.2.
    try (secret) {
      return new TrafficSecret(
          hkdf, hkdf.expandLabel(secret, Labels.TRAFFIC_UPDATE, NO_CONTEXT, hkdf.hash().length()));
    }
  }
}
