/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.Authentication;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.RefusalReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.EcPointFormats;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.SupportedVersions;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS 1.2 up to the decision whether to resume: RFC 5246 as profiled by RFC
 * 9325, RFC 5077 and RFC 7627. Then {@link Tls12ServerFull} or {@link Tls12ServerResumed} goes on.
 */
final class Tls12ServerHandshake {
  final ServerConfig config;
  final HandshakeOutput out;
  final ClientOffer offer;
  final Transcript transcript;
  final boolean extendedMasterSecret;

  private @Nullable String applicationProtocol;
  private @Nullable Identity identity;
  private @Nullable SignatureScheme scheme;
  private @Nullable ResumptionScope scope;

  Tls12ServerHandshake(ServerConfig config, HandshakeOutput out, ClientOffer offer) {
    this.config = config;
    this.out = out;
    this.offer = offer;
    this.transcript = new Transcript(config.crypto().digests());
    this.extendedMasterSecret = offer.find(ExtendedMasterSecret.class) != null;
  }

  /** The ClientHello: what cannot be served is refused, then the identity is asked for. */
  HandshakeState hello(Opaque encoded) throws TlsException {
    transcript.add(encoded);
    requireInitialHandshake();
    requireUncompressedPoints();
    requireExtendedMasterSecret();
    List<String> protocols = offer.applicationProtocols();
    applicationProtocol =
        protocols.isEmpty() ? null : config.applicationProtocols().select(protocols);
    out.negotiating(
        new Negotiation(ProtocolVersion.TLS12, null, offer.serverName(), offer.signatureSchemes()));
    List<SignatureScheme> schemes = offer.commonSchemes(config.signatureSchemes());
    schemes.removeIf(candidate -> !servesSuiteFor(candidate.authentication()));
    if (schemes.isEmpty()) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE,
          "The client offers no signature algorithm with a cipher suite served here");
    }
    IdentityRequest request =
        new IdentityRequest(
            ProtocolVersion.TLS12, offer.serverName(), schemes, List.of(), groups());
    return Awaiting.answer(
        config.identities().choose(request), chosen -> withIdentity(chosen, request));
  }

  /** With the identity, and so the scope: looks for the session that the client offers. */
  private HandshakeState withIdentity(@Nullable Identity chosen, IdentityRequest request)
      throws TlsException {
    identity = chosen;
    scheme = chosen == null ? null : request.schemeFor(chosen);
    scope = Scopes.of(config, chosen);
    if (scope == null) {
      return full(PskDecision.NOT_OFFERED);
    }
    return lookUp(scope);
  }

  /**
   * RFC 5077, Section 3.4: "If a ticket is presented by the client, the server MUST NOT attempt to
   * use the Session ID in the ClientHello for stateful session resumption."
   */
  private HandshakeState lookUp(ResumptionScope wanted) throws TlsException {
    SessionTicketTls12 ticket = offer.find(SessionTicketTls12.class);
    TicketFormat sealer = config.resumption().sealer();
    if (ticket != null && !ticket.ticket().isEmpty() && sealer != null) {
      return switch (sealer.open(ticket.ticket(), ProtocolVersion.TLS12, wanted)) {
        case TicketOpening.Missed(MissReason reason, String keyName) ->
            full(new ResumptionOutcome.Full(reason, keyName));
        case TicketOpening.Opened opened ->
            consider(
                opened.session(),
                wanted,
                Mechanism.TICKET,
                opened.keyName(),
                opened.underOlderKey() || !opened.session().scope().sameAs(wanted));
      };
    }
    Opaque sessionId = offer.hello().sessionId();
    SessionStore store = config.resumption().store();
    if (store == null || sessionId.isEmpty()) {
      return full(PskDecision.NOT_OFFERED);
    }
    return Awaiting.answer(
        StoreAnswers.lookUp(() -> store.get(sessionId, ProtocolVersion.TLS12, wanted)),
        found -> afterLookup(found, wanted));
  }

  private HandshakeState afterLookup(Lookup found, ResumptionScope wanted) throws TlsException {
    return switch (found) {
      case Lookup.Found(Session session) ->
          consider(session, wanted, Mechanism.SESSION_ID, null, false);
      case Lookup.Mismatched(MissReason reason) -> full(new ResumptionOutcome.Full(reason, null));
      case Lookup.NotInStore _ ->
          full(
              mayHaveMadeUpId()
                  ? PskDecision.NOT_OFFERED
                  : new ResumptionOutcome.Full(MissReason.NOT_IN_STORE, null));
      case Lookup.Unavailable _ ->
          full(new ResumptionOutcome.Full(MissReason.STORE_UNAVAILABLE, null));
    };
  }

  /** RFC 8446, Appendix D.4: clients of TLS 1.3 send an ID that stands for no session. */
  private boolean mayHaveMadeUpId() {
    SupportedVersions versions = offer.find(SupportedVersions.class);
    return versions != null && versions.versions().contains(ProtocolVersion.TLS13.code());
  }

  private HandshakeState consider(
      Session session,
      ResumptionScope wanted,
      Mechanism mechanism,
      @Nullable String keyName,
      boolean renew)
      throws TlsException {
    out.onEnd(session::close);
    MissReason refusal =
        SessionGate.refuses(session, ProtocolVersion.TLS12, wanted, offer.serverName(), config);
    if (refusal == null && !servesSuiteOf(session)) {
      refusal = MissReason.SUITE_UNAVAILABLE;
    }
    if (refusal == null && !session.extendedMasterSecret()) {
      // RFC 7627, Section 5.3: "the server MUST NOT perform the abbreviated handshake. Instead, it
      // SHOULD continue with a full handshake". None of ours is such, but stores are others' too.
      refusal = MissReason.SCOPE_MISMATCH;
    }
    if (refusal != null) {
      forgetRevoked(refusal, mechanism);
      return refuse(session, refusal, keyName);
    }
    requireMasterSecretOfItsKind();
    return Awaiting.answer(
        Certificates.recheckClient(config, session.peerCertificates()),
        trusted ->
            trusted
                ? resume(session, mechanism, keyName, renew)
                : refuse(session, MissReason.CLIENT_CERTIFICATE_REFUSED, keyName));
  }

  private void forgetRevoked(MissReason refusal, Mechanism mechanism) {
    SessionStore store = config.resumption().store();
    if (refusal == MissReason.REVOKED && mechanism == Mechanism.SESSION_ID && store != null) {
      StoreAnswers.forget(store, offer.hello().sessionId());
    }
  }

  private HandshakeState refuse(Session session, MissReason reason, @Nullable String keyName)
      throws TlsException {
    session.close();
    return full(new ResumptionOutcome.Full(reason, keyName));
  }

  private HandshakeState resume(
      Session session, Mechanism mechanism, @Nullable String keyName, boolean renew)
      throws TlsException {
    long age = config.clock().millis() - session.authenticatedAtMillis();
    ResumptionOutcome.Resumed outcome =
        new ResumptionOutcome.Resumed(mechanism, keyName, Duration.ofMillis(age));
    out.resumption(outcome);
    return new Tls12ServerResumed(this, session, outcome, renew).serverHello();
  }

  private HandshakeState full(ResumptionOutcome outcome) throws TlsException {
    out.resumption(outcome);
    if (identity == null || scheme == null) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE,
          "No certificate fits the client's name and signature algorithms");
    }
    return new Tls12ServerFull(this, identity, scheme, outcome).serverHello();
  }

  /**
   * RFC 7627, Section 5.3: "If the original session used the "extended_master_secret" extension but
   * the new ClientHello does not contain it, the server MUST abort the abbreviated handshake."
   */
  private void requireMasterSecretOfItsKind() throws TlsException {
    if (!extendedMasterSecret) {
      out.resumption(new ResumptionOutcome.Refused(RefusalReason.EXTENDED_MASTER_SECRET_MISMATCH));
      throw TlsException.misbehaved(
          AlertDescription.HANDSHAKE_FAILURE,
          "A session with extended master secret is offered without it");
    }
  }

  /** RFC 5746, Section 3.6: a renegotiation_info that is not empty "MUST abort the handshake". */
  private void requireInitialHandshake() throws TlsException {
    RenegotiationInfo info = offer.find(RenegotiationInfo.class);
    if (info != null && !info.renegotiatedConnection().isEmpty()) {
      throw TlsException.misbehaved(
          AlertDescription.HANDSHAKE_FAILURE, "An initial ClientHello claims to renegotiate");
    }
  }

  private @Nullable Uint16List groups() {
    SupportedGroups groups = offer.find(SupportedGroups.class);
    return groups == null ? null : groups.groups();
  }

  private void requireUncompressedPoints() throws TlsException {
    EcPointFormats formats = offer.find(EcPointFormats.class);
    if (formats != null && !formats.hasUncompressed()) {
      throw TlsException.illegalParameter("The client does not take uncompressed points");
    }
  }

  private void requireExtendedMasterSecret() throws TlsException {
    if (config.requireExtendedMasterSecret() && !extendedMasterSecret) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE, "The client has no extended master secret");
    }
  }

  private boolean servesSuiteFor(Authentication authentication) {
    for (CipherSuite suite : config.cipherSuites()) {
      if (suite.authentication() == authentication && offer.offers(suite.code())) {
        return true;
      }
    }
    return false;
  }

  /** RFC 5246, Section 7.4.1.2: a session is resumed under its own suite, which is offered. */
  private boolean servesSuiteOf(Session session) {
    return config.cipherSuites().contains(session.suite()) && offer.offers(session.suite().code());
  }

  @Nullable String applicationProtocol() {
    return applicationProtocol;
  }

  @Nullable Identity identity() {
    return identity;
  }

  /** The scope of what is remembered of this connection; null = nothing is. */
  @Nullable ResumptionScope scope() {
    return extendedMasterSecret ? scope : null;
  }
}
