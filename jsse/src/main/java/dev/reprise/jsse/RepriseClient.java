/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.MemoryClientSessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.wire.TicketRequest;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Builds contexts for clients. Without anything set it trusts whom the JDK trusts, shows no
 * certificate, and remembers the sessions of 1,024 servers. Engines of such a context are clients
 * without being told; to be resumed they need to know host and port, and to be safe {@code
 * SSLParameters.setEndpointIdentificationAlgorithm("HTTPS")}, as with every JSSE provider.
 */
public final class RepriseClient {
  private final EngineParameters parameters = new EngineParameters();
  private IdentitySource identities = IdentitySource.NONE;
  private @Nullable Trust trust;
  private @Nullable ClientSessionStore store;
  private @Nullable TicketRequest ticketRequest;
  private ResumptionPolicy policy = ResumptionPolicy.DEFAULT;
  private InstantSource clock = InstantSource.system();
  private @Nullable SecureRandom random;
  private @Nullable JcaProviders providers;
  private HandshakeListener listener = HandshakeListener.NONE;
  private Duration handshakeDeadline = ContextConfig.HANDSHAKE_DEADLINE;
  private boolean recheckPeerOnResumption;

  RepriseClient() {}

  /** Who judges servers. */
  public RepriseClient trustManager(X509TrustManager manager) {
    trust = new Trust(manager);
    return this;
  }

  /** Who chooses the certificate, if a server asks for one. */
  public RepriseClient keyManager(X509KeyManager manager) {
    identities = new KeyManagerIdentities(manager);
    return this;
  }

  /** {@code HTTPS}: what engines identify servers by, unless their parameters say otherwise. */
  public RepriseClient endpointIdentification(String algorithm) {
    parameters.endpointIdentificationAlgorithm = algorithm;
    return this;
  }

  /** {@code TLSv1.3}, {@code TLSv1.2}; both unless told otherwise. */
  public RepriseClient protocols(List<String> names) {
    parameters.protocols = Names.protocols(names.toArray(new String[0]));
    return this;
  }

  /** ALPN (RFC 7301), in the order in which they are preferred; none unless told otherwise. */
  public RepriseClient applicationProtocols(List<String> names) {
    parameters.applicationProtocols = EngineParameters.checked(names);
    return this;
  }

  /** Key exchange groups by their IANA names, in the order in which they are preferred. */
  public RepriseClient groups(List<String> names) {
    parameters.groups = Names.requiredGroups(names);
    return this;
  }

  /** Cipher suites by their IANA names, in the order in which they are preferred. */
  public RepriseClient cipherSuites(List<String> names) {
    parameters.cipherSuites = Names.cipherSuites(names.toArray(new String[0]));
    return this;
  }

  /**
   * What the sessions of all engines are kept apart by that share a store; {@link
   * ClientResumption#partition} says it for one of them.
   */
  public RepriseClient partition(String partition) {
    parameters.sessionPartition = partition;
    return this;
  }

  /** Where sessions are kept. */
  public RepriseClient sessionStore(ClientSessionStore given) {
    store = given;
    return this;
  }

  /**
   * How many TLS 1.3 tickets servers are asked for (RFC 9149); without this they are not asked. Who
   * opens connections in parallel needs one for each. Of one server's tickets {@value
   * MemoryClientSessionStore#SESSIONS_PER_KEY} are kept.
   *
   * @param newSession after a full handshake, 0 to 255; 0: none are kept
   * @param resumption after a resumption, 0 to 255; 1 replaces the one used, 0: none are kept
   */
  public RepriseClient ticketRequest(int newSession, int resumption) {
    ticketRequest = new TicketRequest(newSession, resumption);
    return this;
  }

  /** How long sessions are offered. */
  public RepriseClient policy(ResumptionPolicy given) {
    policy = given;
    return this;
  }

  /** The time of day, by which every lifetime is reckoned. */
  public RepriseClient clock(InstantSource source) {
    clock = source;
    return this;
  }

  /**
   * Where all randomness is drawn from, except that native crypto providers have a generator of
   * their own for ephemeral keys and signatures.
   */
  public RepriseClient random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Where cryptographic primitives come from: {@link JcaProviders#jdk()}, or a choice of one's own.
   * By default {@link ProviderChoice#fastest}.
   */
  public RepriseClient cryptoProviders(JcaProviders chosen) {
    providers = chosen;
    return this;
  }

  /** Hears how each handshake ended. */
  public RepriseClient listener(HandshakeListener given) {
    listener = given;
    return this;
  }

  /** How long a handshake may take; 60 seconds by default. */
  public RepriseClient handshakeDeadline(Duration deadline) {
    handshakeDeadline = deadline;
    return this;
  }

  /**
   * Whether the trust manager is asked again about the server of a session that is resumed; its
   * refusal ends the connection. Without it a server that is trusted no longer may be resumed with
   * until the session ends by itself; with it each resumption costs a validation of its chain.
   */
  public RepriseClient recheckPeerOnResumption(boolean recheck) {
    recheckPeerOnResumption = recheck;
    return this;
  }

  /**
   * The context. What is set afterwards counts for the next one built.
   *
   * @throws IllegalStateException if no trust manager is set and the JDK has none
   */
  public SSLContext build() {
    SecureRandom randomness = random == null ? new SecureRandom() : random;
    return new RepriseContext(
        new ContextConfig(
            ContextConfig.Use.CLIENT,
            JcaCryptoProvider.create(
                randomness,
                providers == null ? ProviderChoice.fastest(randomness).providers() : providers),
            clock,
            parameters.copy(),
            identities,
            trust == null ? jdkTrust() : trust,
            new ServerSessions(
                ServerResumption.off(policy),
                false,
                new Revocations(policy.longestSession(), clock),
                clock,
                randomness),
            new ClientSessions(policy, store, clock, ticketRequest),
            listener,
            handshakeDeadline,
            recheckPeerOnResumption));
  }

  private static Trust jdkTrust() {
    try {
      for (TrustManager manager : JsseContexts.defaultTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return new Trust(x509);
        }
      }
    } catch (KeyManagementException e) {
      throw new IllegalStateException("The JDK's trust manager cannot be made", e);
    }
    throw new IllegalStateException("The JDK has no trust manager for certificates");
  }
}
