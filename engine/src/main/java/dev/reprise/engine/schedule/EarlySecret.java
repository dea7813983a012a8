/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;

/** The Early Secret: what the PSK alone is good for. RFC 8446, Section 7.1. */
public final class EarlySecret extends Stage {
  private EarlySecret(Hkdf hkdf, Secret secret) {
    super(hkdf, secret);
  }

  /** The stage of a full handshake: a string of zeros stands for the PSK. */
  public static EarlySecret withoutPsk(Hkdf hkdf) throws TlsException {
    // Early Secret = HKDF-Extract(0, 0); no label, no messages.
    // RFC 8446, Section 7.1: "if PSK is not in use, Early Secret will still be HKDF-Extract(0, 0)".
    return new EarlySecret(hkdf, hkdf.extract(null, null));
  }

  /**
   * The stage of a handshake that offers or resumes {@code psk}, which stays the caller's. An
   * all-zero PSK would be no PSK at all and is refused.
   */
  public static EarlySecret of(Hkdf hkdf, Secret psk) throws TlsException {
    ZeroSecret.refuse(psk, "PSK");
    // Early Secret = HKDF-Extract(0, PSK); no label, no messages.
    // RFC 8446, Section 7.1: the salt is a string of Hash.length zeros.
    return new EarlySecret(hkdf, hkdf.extract(null, psk));
  }

  /**
   * The binder of a resumption PSK over the hash of everything up to the ClientHello's binders
   * list, exclusive: RFC 8446, Section 4.2.11.2. Compare it in constant time.
   */
  public Opaque binder(byte[] truncatedTranscriptHash) throws TlsException {
    // binder_key: the Early Secret, "res binder", no messages.
    // RFC 8446, Section 4.2.11.2: computed like Finished, with the binder_key as BaseKey.
    try (TrafficSecret binderKey =
        new TrafficSecret(hkdf, deriveFromNothing(Labels.RESUMPTION_BINDER))) {
      return binderKey.finished(truncatedTranscriptHash);
    }
  }

  /** Protects 0-RTT data. */
  public TrafficSecret clientEarlyTraffic(byte[] transcriptHash) throws TlsException {
    // client_early_traffic_secret: the Early Secret, "c e traffic", ClientHello.
    // RFC 8446, Section 7.1.
    return new TrafficSecret(hkdf, derive(Labels.CLIENT_EARLY_TRAFFIC, transcriptHash));
  }

  /**
   * Hands over: this stage and {@code sharedSecret}, the result of the key exchange, are wiped. An
   * all-zero shared secret is refused.
   */
  public HandshakeSecret handshake(Secret sharedSecret) throws TlsException {
    try (sharedSecret;
        secret) {
      ZeroSecret.refuse(sharedSecret, "shared secret");
      // The salt: the Early Secret, "derived", no messages.
      // Handshake Secret = HKDF-Extract(salt, (EC)DHE). RFC 8446, Section 7.1.
      try (Secret salt = deriveFromNothing(Labels.DERIVED)) {
        return new HandshakeSecret(hkdf, hkdf.extract(salt, sharedSecret));
      }
    }
  }
}
