/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.config;

import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.CryptoProvider;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Everything a server connection is given. Lists are in the order of preference.
 *
 * @param crypto the primitives
 * @param clock the time of day; every lifetime is reckoned on it
 * @param versions the versions served
 * @param cipherSuites the suites served
 * @param serverOrder whether the order of {@code cipherSuites} counts, or the client's
 * @param groups the key exchange groups served
 * @param signatureSchemes schemes to sign with and, from clients, to accept
 * @param identities chooses the certificate
 * @param clientAuthentication whether clients are asked for one
 * @param trust decides about client certificates
 * @param applicationProtocols chooses the application protocol
 * @param resumption what is remembered, and how
 * @param requireExtendedMasterSecret whether TLS 1.2 clients without it (RFC 7627) are refused;
 *     otherwise they are served, and not remembered
 * @param recheckPeerOnResumption whether {@code trust} is asked again about the certificate of the
 *     session that a client would resume; a refusal means a full handshake
 * @param handshakeDeadline how long the whole handshake may take
 */
public record ServerConfig(
    CryptoProvider crypto,
    InstantSource clock,
    List<ProtocolVersion> versions,
    List<CipherSuite> cipherSuites,
    boolean serverOrder,
    List<NamedGroup> groups,
    List<SignatureScheme> signatureSchemes,
    Identities identities,
    ClientAuthentication clientAuthentication,
    PeerTrust trust,
    ApplicationProtocolSelector applicationProtocols,
    ServerResumption resumption,
    boolean requireExtendedMasterSecret,
    boolean recheckPeerOnResumption,
    Duration handshakeDeadline) {

  public ServerConfig {
    versions = List.copyOf(versions);
    cipherSuites = List.copyOf(cipherSuites);
    groups = List.copyOf(groups);
    signatureSchemes = List.copyOf(signatureSchemes);
  }

  /** Whether {@code version} is served: it is enabled, and so is a suite of it. */
  public boolean serves(ProtocolVersion version) {
    return Versions.isUsable(version, versions, cipherSuites);
  }
}
