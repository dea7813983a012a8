/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.ServerResumption;
import dev.reprise.engine.crypto.JcaCryptoProvider;
import dev.reprise.engine.crypto.JcaProviders;
import dev.reprise.engine.crypto.ProviderChoice;
import dev.reprise.engine.resumption.FleetMembership;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.resumption.TicketSealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Builds contexts for servers. {@link #identities} or {@link #keyManager} is all that is needed;
 * without anything more there are 64 MiB for sessions, and tickets under keys of this context's own
 * that change every 6 hours. Engines of such a context are servers without being told.
 */
public final class RepriseServer {
  private final EngineParameters parameters = new EngineParameters();
  private @Nullable ServerIdentities identities;
  private @Nullable IdentitySource keyManager;
  private Trust trust = Trust.nobody();
  private @Nullable SessionStore store;
  private @Nullable StekSource steks;
  private @Nullable FleetMembership fleet;
  private boolean tickets = true;
  private boolean statefulTickets;
  private @Nullable ResumptionPolicy policy;
  private String scopeLabel = "";
  private @Nullable InstantSource clock;
  private @Nullable SecureRandom random;
  private @Nullable JcaProviders providers;
  private HandshakeListener listener = HandshakeListener.NONE;
  private Duration handshakeDeadline = ContextConfig.HANDSHAKE_DEADLINE;
  private boolean recheckPeerOnResumption;
  private @Nullable Revocations revocations;

  RepriseServer() {}

  /**
   * The server's certificates, one or more. Which one is shown goes by the name that the client
   * asks for: the one that has it as subjectAltName, then one with a fitting wildcard, then the
   * first. Those with the same names form one virtual host, which shows the one that the client can
   * verify; a session made under any of them resumes under all.
   */
  public RepriseServer identities(List<ServerIdentity> given) {
    return identities(new ServerIdentities(given));
  }

  /** The same, but they may be exchanged while the context is in use. */
  public RepriseServer identities(ServerIdentities given) {
    identities = given;
    keyManager = null;
    return this;
  }

  /** Instead of {@link #identities}: somebody who chooses, in a delegated task, as JSSE has it. */
  public RepriseServer keyManager(X509KeyManager manager) {
    keyManager = new KeyManagerIdentities(manager);
    identities = null;
    return this;
  }

  /**
   * Whether clients are asked for a certificate, and who judges it. Sessions of such clients are
   * remembered only if {@code manager} names its issuers or there is a {@link #scopeLabel}.
   */
  public RepriseServer clientAuthentication(ClientAuthentication mode, X509TrustManager manager) {
    parameters.clientAuthentication = mode;
    trust = new Trust(manager);
    return this;
  }

  /** {@code TLSv1.3}, {@code TLSv1.2}; both unless told otherwise. */
  public RepriseServer protocols(List<String> names) {
    parameters.protocols = Names.protocols(names.toArray(new String[0]));
    return this;
  }

  /** ALPN (RFC 7301), in the order in which they are preferred; none unless told otherwise. */
  public RepriseServer applicationProtocols(List<String> names) {
    parameters.applicationProtocols = EngineParameters.checked(names);
    return this;
  }

  /** Key exchange groups by their IANA names, in the order in which they are preferred. */
  public RepriseServer groups(List<String> names) {
    parameters.groups = Names.requiredGroups(names);
    return this;
  }

  /** Cipher suites by their IANA names, in the order in which they are preferred. */
  public RepriseServer cipherSuites(List<String> names) {
    parameters.cipherSuites = Names.cipherSuites(names.toArray(new String[0]));
    return this;
  }

  /** Where sessions with IDs and stateful tickets are kept. It stays the caller's to close. */
  public RepriseServer sessionStore(SessionStore given) {
    store = given;
    return this;
  }

  /**
   * The keys of stateless tickets. They stay the caller's to close. As long as the context lives
   * its housekeeping asks for them every 10 seconds, so that ended ones are wiped without clients.
   */
  public RepriseServer tickets(StekSource source) {
    steks = source;
    tickets = true;
    return this;
  }

  /** No stateless tickets: TLS 1.2 resumes by session ID, TLS 1.3 by stateful tickets. */
  public RepriseServer withoutTickets() {
    tickets = false;
    return this;
  }

  /**
   * Makes this server a node of a fleet: sessions that any node has made resume on every node.
   * Clock, ticket keys and session store are the fleet's, so they cannot be set as well; what is
   * revoked here or there is revoked on all nodes. Unless a {@link #policy} is set, lifetimes are
   * those of the fleet's record. The membership stays the caller's to close.
   */
  public RepriseServer fleet(FleetMembership membership) {
    fleet = membership;
    return this;
  }

  /**
   * Whether TLS 1.3 tickets are single-use handles into the session store, and stateless ones are
   * for TLS 1.2 only.
   */
  public RepriseServer statefulTickets(boolean stateful) {
    statefulTickets = stateful;
    return this;
  }

  /** How long and how often sessions are resumed. */
  public RepriseServer policy(ResumptionPolicy given) {
    policy = given;
    return this;
  }

  /** A part of the scope of its own: sessions resume only where it is the same. */
  public RepriseServer scopeLabel(String label) {
    scopeLabel = label;
    return this;
  }

  /** The time of day, by which every lifetime is reckoned. */
  public RepriseServer clock(InstantSource source) {
    clock = source;
    return this;
  }

  /**
   * Where all randomness is drawn from, except that native crypto providers have a generator of
   * their own for ephemeral keys and signatures.
   */
  public RepriseServer random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Where cryptographic primitives come from: {@link JcaProviders#jdk()}, or a choice of one's own.
   * By default {@link ProviderChoice#fastest}.
   */
  public RepriseServer cryptoProviders(JcaProviders chosen) {
    providers = chosen;
    return this;
  }

  /** Hears how each handshake ended. */
  public RepriseServer listener(HandshakeListener given) {
    listener = given;
    return this;
  }

  /** How long a handshake may take, however slowly a client sends it; 60 seconds by default. */
  public RepriseServer handshakeDeadline(Duration deadline) {
    handshakeDeadline = deadline;
    return this;
  }

  /**
   * Whether the trust manager is asked again about the certificate of a client that would resume;
   * its refusal means a full handshake. Without it a client that is trusted no longer may resume
   * until its session ends by itself; with it each resumption costs a validation of its chain.
   */
  public RepriseServer recheckPeerOnResumption(boolean recheck) {
    recheckPeerOnResumption = recheck;
    return this;
  }

  /**
   * What is not resumed although its time is not up, to share it with other contexts; each has one
   * of its own unless told otherwise ({@link Reprise#revocations}).
   */
  public RepriseServer revocations(Revocations given) {
    revocations = given;
    return this;
  }

  /**
   * The context. What is set afterwards counts for the next one built.
   *
   * @throws IllegalStateException if there is no identity, if a fleet is given and something that
   *     it brings as well, or if entries of {@link #revocations(Revocations)} end before a session
   *     of the policy may
   */
  public SSLContext build() {
    refuseContradictions();
    SecureRandom randomness = random == null ? new SecureRandom() : random;
    InstantSource time = time();
    ResumptionPolicy lifetimes = policy();
    Revocations revoked = revocations(lifetimes, time);
    return new RepriseContext(
        new ContextConfig(
            ContextConfig.Use.SERVER,
            JcaCryptoProvider.create(
                randomness,
                providers == null ? ProviderChoice.fastest(randomness).providers() : providers),
            time,
            parameters.copy(),
            identitySource(lifetimes),
            trust,
            ServerSessions.lookedAfter(serverSessions(lifetimes, revoked, time, randomness)),
            new ClientSessions(lifetimes, null, time, null),
            listener,
            handshakeDeadline,
            recheckPeerOnResumption));
  }

  private void refuseContradictions() {
    if (fleet != null && (clock != null || steks != null || store != null)) {
      throw new IllegalStateException(
          "A fleet brings its clock, ticket keys and session store: leave "
              + (clock != null ? "clock" : steks != null ? "tickets" : "sessionStore")
              + "(...) out, or fleet(...)");
    }
  }

  private InstantSource time() {
    if (fleet != null) {
      return fleet.clock();
    }
    return clock == null ? InstantSource.system() : clock;
  }

  private ResumptionPolicy policy() {
    if (policy != null) {
      return policy;
    }
    return fleet == null
        ? ResumptionPolicy.DEFAULT
        : ResumptionPolicy.DEFAULT.withTimes(fleet.rotateEvery(), fleet.ticketLifetime());
  }

  private IdentitySource identitySource(ResumptionPolicy lifetimes) {
    IdentitySource source =
        identities == null ? keyManager : identities.source(lifetimes.ticketLifetime());
    if (source == null) {
      throw new IllegalStateException("A server needs an identity or a key manager");
    }
    return source;
  }

  private Revocations revocations(ResumptionPolicy lifetimes, InstantSource time) {
    Duration longest = lifetimes.longestSession();
    Revocations given = revocations;
    if (given == null) {
      // The fleet's own times may be longer, and known only when Redis is there.
      return new Revocations(fleet == null ? longest : Revocations.LONGEST_SPAN, time);
    }
    if (given.register().longestSession().compareTo(longest) < 0) {
      throw new IllegalStateException("These revocations end before the policy's sessions may");
    }
    return given;
  }

  private ServerSessions serverSessions(
      ResumptionPolicy lifetimes, Revocations revoked, InstantSource time, SecureRandom random) {
    ServerSessions made =
        new ServerSessions(
            resumption(lifetimes, revoked, time, random),
            fleet == null && store == null,
            revoked,
            time,
            random);
    return fleet == null || policy != null ? made : made.following(fleet);
  }

  private ServerResumption resumption(
      ResumptionPolicy lifetimes, Revocations revoked, InstantSource time, SecureRandom random) {
    return new ServerResumption(
        lifetimes,
        sessions(time, random),
        tickets ? new TicketSealer(keys(time, random), random, time) : null,
        statefulTickets,
        scopeLabel,
        fleet == null ? revoked.register() : fleet.share(revoked.register()));
  }

  private SessionStore sessions(InstantSource time, SecureRandom random) {
    if (fleet != null) {
      return fleet.sessionStore();
    }
    return store == null
        ? new MemorySessionStore(
            SessionContext.bytes(SessionContext.DEFAULT_SERVER_SESSIONS), time, random)
        : store;
  }

  private StekSource keys(InstantSource time, SecureRandom random) {
    if (fleet != null) {
      return StekSources.recorded(fleet.ticketKeys(), time);
    }
    return steks == null ? StekSources.rotating(time, random) : StekSources.recorded(steks, time);
  }
}
