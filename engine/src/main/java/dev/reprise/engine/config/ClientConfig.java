/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TicketRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client connection is given. Lists are in the order of preference.
 *
 * @param crypto the primitives
 * @param clock the time of day
 * @param versions the versions offered
 * @param cipherSuites the suites offered
 * @param groups the key exchange groups offered
 * @param keyShares for how many of them, from the first, a share is sent at once
 * @param signatureSchemes schemes to accept and to sign with
 * @param identities chooses the client certificate, when asked for one
 * @param trust decides about the server's certificate
 * @param serverName the server_name to send, lower-case and without trailing dot; null: none
 * @param applicationProtocols the protocols to offer (RFC 7301)
 * @param policy how long sessions are used
 * @param sessions where sessions are kept; null: none are kept or offered
 * @param sessionKey under which key they are kept; null: none are kept or offered
 * @param ticketRequest TLS 1.3: how many tickets to ask for (RFC 9149); null: as many as the server
 *     gives anyway
 * @param recheckPeerOnResumption whether {@code trust} is asked again about the server's
 *     certificate of a session that is resumed; a refusal ends the connection
 * @param handshakeDeadline how long the whole handshake may take
 */
public record ClientConfig(
    CryptoProvider crypto,
    InstantSource clock,
    List<ProtocolVersion> versions,
    List<CipherSuite> cipherSuites,
    List<NamedGroup> groups,
    int keyShares,
    List<SignatureScheme> signatureSchemes,
    Identities identities,
    PeerTrust trust,
    @Nullable String serverName,
    List<String> applicationProtocols,
    ResumptionPolicy policy,
    @Nullable ClientSessionStore sessions,
    @Nullable ClientSessionKey sessionKey,
    @Nullable TicketRequest ticketRequest,
    boolean recheckPeerOnResumption,
    Duration handshakeDeadline) {

  public ClientConfig {
    versions = List.copyOf(versions);
    cipherSuites = List.copyOf(cipherSuites);
    groups = List.copyOf(groups);
    signatureSchemes = List.copyOf(signatureSchemes);
    applicationProtocols = List.copyOf(applicationProtocols);
  }

  /** Whether {@code version} is offered: it is enabled, and so is a suite of it. */
  public boolean offers(ProtocolVersion version) {
    return Versions.isUsable(version, versions, cipherSuites);
  }
}
