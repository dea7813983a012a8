/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;

/** The Handshake Secret: PSK and key exchange together. RFC 8446, Section 7.1. */
public final class HandshakeSecret extends Stage {
  HandshakeSecret(Hkdf hkdf, Secret secret) {
    super(hkdf, secret);
  }

  /** Protects the client's second flight and is the base key of its Finished. */
  public TrafficSecret clientTraffic(byte[] transcriptHash) throws TlsException {
    // client_handshake_traffic_secret: the Handshake Secret, "c hs traffic",
    // ClientHello...ServerHello. RFC 8446, Section 7.1.
    return new TrafficSecret(hkdf, derive(Labels.CLIENT_HANDSHAKE_TRAFFIC, transcriptHash));
  }

  /** Protects what the server sends after its ServerHello and is the base key of its Finished. */
  public TrafficSecret serverTraffic(byte[] transcriptHash) throws TlsException {
    // server_handshake_traffic_secret: the Handshake Secret, "s hs traffic",
    // ClientHello...ServerHello. RFC 8446, Section 7.1.
    return new TrafficSecret(hkdf, derive(Labels.SERVER_HANDSHAKE_TRAFFIC, transcriptHash));
  }

  /** Hands over: this stage is wiped. */
  public MainSecret main() throws TlsException {
    // The salt: the Handshake Secret, "derived", no messages.
    // Main Secret (RFC 8446's Master Secret) = HKDF-Extract(salt, 0). RFC 8446, Section 7.1.
    try (secret;
        Secret salt = deriveFromNothing(Labels.DERIVED)) {
      return new MainSecret(hkdf, hkdf.extract(salt, null));
    }
  }
}
