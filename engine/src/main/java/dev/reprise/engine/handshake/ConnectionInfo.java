/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.Identity;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.Exporter;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.Uint16List;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake came to.
 *
 * @param version the version
 * @param suite the suite
 * @param group the key exchange group; null in a resumed TLS 1.2 handshake, which has none
 * @param serverName the name in this handshake's ClientHello (RFC 9846, Section 4.7.1: not the
 *     resumed session's)
 * @param applicationProtocol what ALPN agreed on
 * @param outcome whether it was resumed, how, and if not why
 * @param sessionId TLS 1.2: the session ID agreed on; where there is none, or a ticket stands for
 *     the session, {@link dev.reprise.engine.schedule.Tls12Secrets#sessionId}, and without extended
 *     master secret nothing. TLS 1.3: empty
 * @param peerCertificates the peer's chain as DER, leaf first, of this or the first handshake
 * @param localIdentity the identity shown; null if none was
 * @param peerSignatureSchemes what the peer said it can verify
 * @param createdAtMillis when this session began
 * @param authenticatedAtMillis when the full handshake was that it descends from
 * @param lineage drawn for that full handshake: {@link
 *     dev.reprise.engine.resumption.Session#lineage}
 * @param exporter keying material (RFC 5705); null in TLS 1.2 without extended master secret
 */
public record ConnectionInfo(
    ProtocolVersion version,
    CipherSuite suite,
    @Nullable NamedGroup group,
    @Nullable String serverName,
    @Nullable String applicationProtocol,
    ResumptionOutcome outcome,
    Opaque sessionId,
    List<Opaque> peerCertificates,
    @Nullable Identity localIdentity,
    Uint16List peerSignatureSchemes,
    long createdAtMillis,
    long authenticatedAtMillis,
    long lineage,
    @Nullable Exporter exporter) {

  /**
   * A client's, which in a resumed handshake neither shows a certificate nor is asked for one, with
   * what it showed and was told in the {@code full} one.
   */
  public ConnectionInfo inheriting(ConnectionInfo full) {
    return with(
        localIdentity == null ? full.localIdentity : localIdentity,
        peerSignatureSchemes.size() == 0 ? full.peerSignatureSchemes : peerSignatureSchemes,
        exporter);
  }

  /** What may be kept when the connection is gone. */
  public ConnectionInfo withoutExporter() {
    return with(localIdentity, peerSignatureSchemes, null);
  }

  private ConnectionInfo with(
      @Nullable Identity shown, Uint16List schemes, @Nullable Exporter exporting) {
    return new ConnectionInfo(
        version,
        suite,
        group,
        serverName,
        applicationProtocol,
        outcome,
        sessionId,
        peerCertificates,
        shown,
        schemes,
        createdAtMillis,
        authenticatedAtMillis,
        lineage,
        exporting);
  }
}
