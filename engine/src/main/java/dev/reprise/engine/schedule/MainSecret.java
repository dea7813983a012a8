/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.schedule;

import dev.reprise.engine.crypto.Digests;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.TlsException;

/** The Main Secret, which RFC 8446, Section 7.1 calls the Master Secret and RFC 9846 renames. */
public final class MainSecret extends Stage {
  MainSecret(Hkdf hkdf, Secret secret) {
    super(hkdf, secret);
  }

  /** Protects the client's application data, until its first KeyUpdate. */
  public TrafficSecret clientTraffic(byte[] transcriptHash) throws TlsException {
    // client_application_traffic_secret_0: the Main Secret, "c ap traffic",
    // ClientHello...server Finished. RFC 8446, Section 7.1.
    return new TrafficSecret(hkdf, derive(Labels.CLIENT_APPLICATION_TRAFFIC, transcriptHash));
  }

  /** Protects the server's application data, until its first KeyUpdate. */
  public TrafficSecret serverTraffic(byte[] transcriptHash) throws TlsException {
    // server_application_traffic_secret_0: the Main Secret, "s ap traffic",
    // ClientHello...server Finished. RFC 8446, Section 7.1.
    return new TrafficSecret(hkdf, derive(Labels.SERVER_APPLICATION_TRAFFIC, transcriptHash));
  }

  /** What the application may derive its own keys from; {@code digests} hash its contexts. */
  public Exporter13 exporter(Digests digests, byte[] transcriptHash) throws TlsException {
    // exporter_master_secret: the Main Secret, "exp master",
    // ClientHello...server Finished. RFC 8446, Section 7.1.
    return new Exporter13(hkdf, derive(Labels.EXPORTER_MAIN, transcriptHash), digests);
  }

  /** The last derivation of a handshake, so it hands over: this stage is wiped. */
  public ResumptionSecret resumption(byte[] transcriptHash) throws TlsException {
    // resumption_master_secret: the Main Secret, "res master",
    // ClientHello...client Finished. RFC 8446, Section 7.1.
    try (secret) {
      return new ResumptionSecret(hkdf, derive(Labels.RESUMPTION_MAIN, transcriptHash));
    }
  }
}
