/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.KeyShareAnswer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.schedule.EarlySecret;
import dev.reprise.engine.schedule.HandshakeSecret;
import dev.reprise.engine.schedule.MainSecret;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.schedule.Transcript;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.CertificateRequest13;
import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.EarlyDataIndication;
import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.ExpectedTickets;
import dev.reprise.engine.wire.Extension;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.KeyShareEntry;
import dev.reprise.engine.wire.OfferedPsks;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.RetryKeyShare;
import dev.reprise.engine.wire.SelectedPsk;
import dev.reprise.engine.wire.SelectedVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyShare;
import dev.reprise.engine.wire.ServerName;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS 1.3 from the ClientHello to its own Finished: RFC 8446, Section 4. It
 * reads from top to bottom in the order of the handshake; where it may have to wait, the next step
 * is given to {@link Awaiting}.
 */
final class Tls13ServerHandshake {
  final ServerConfig config;
  final HandshakeOutput out;
  final Transcript transcript;

  private @Nullable Parameters parameters;
  private boolean retried;
  private @Nullable OfferedPsks dropped;

  /** What the hello settled, and the identity once it is chosen. */
  record Parameters(
      ClientOffer offer,
      CipherSuite suite,
      Hkdf hkdf,
      NamedGroup group,
      Opaque clientShare,
      @Nullable String applicationProtocol,
      @Nullable Identity identity,
      @Nullable SignatureScheme scheme,
      @Nullable ResumptionScope scope) {
    Parameters withIdentity(
        @Nullable Identity chosen,
        @Nullable SignatureScheme chosenScheme,
        @Nullable ResumptionScope chosenScope) {
      return new Parameters(
          offer,
          suite,
          hkdf,
          group,
          clientShare,
          applicationProtocol,
          chosen,
          chosenScheme,
          chosenScope);
    }
  }

  Tls13ServerHandshake(ServerConfig config, HandshakeOutput out) {
    this.config = config;
    this.out = out;
    this.transcript = new Transcript(config.crypto().digests());
  }

  /** The first ClientHello: agrees on the parameters, or asks for another key share. */
  HandshakeState firstHello(ClientOffer offer, Opaque encoded) throws TlsException {
    Tls13ClientHelloRules.check(offer);
    CipherSuite suite = selectSuite(offer);
    transcript.select(suite.hash());
    NamedGroup group = selectGroup(offer);
    KeyShareEntry share = Tls13ClientHelloRules.shareOf(offer, group);
    if (share == null) {
      return retry(offer, encoded, suite, group);
    }
    if (offersEarlyData(offer)) {
      out.skipEarlyData(HandshakeOutput.EarlyDataRefusal.IN_FIRST_FLIGHT);
    }
    return agree(offer, encoded, suite, group, share);
  }

  /** RFC 8446, Section 4.1.4: asks for a share of the group selected. */
  private HandshakeState retry(
      ClientOffer offer, Opaque encoded, CipherSuite suite, NamedGroup group) throws TlsException {
    transcript.add(encoded);
    transcript.replaceByMessageHash();
    transcript.add(
        out.send(
            new ServerHello(
                ProtocolVersion.TLS12.code(),
                ServerHello.HELLO_RETRY_REQUEST_RANDOM,
                offer.hello().sessionId(),
                suite.code(),
                0,
                Extensions.of(
                    new SelectedVersion(ProtocolVersion.TLS13.code()),
                    new RetryKeyShare(group.code())))));
    compatibilityChangeCipherSpec(offer);
    retried = true;
    if (offersEarlyData(offer)) {
      out.skipEarlyData(HandshakeOutput.EarlyDataRefusal.BEFORE_SECOND_HELLO);
    }
    return new Tls13ServerExpectSecondClientHello(this, offer, suite, group);
  }

  /** The second ClientHello, which has the share that was asked for. */
  HandshakeState secondHello(
      ClientOffer first, ClientOffer offer, Opaque encoded, CipherSuite suite, NamedGroup group)
      throws TlsException {
    OfferedPsks offered = first.find(OfferedPsks.class);
    if (offered != null && offer.find(OfferedPsks.class) == null) {
      dropped = offered;
    }
    KeyShareEntry share = Tls13ClientHelloRules.onlyShareOf(offer, group);
    return agree(offer, encoded, suite, group, share);
  }

  /** With all parameters at hand: the application protocol, then the identity. */
  private HandshakeState agree(
      ClientOffer offer, Opaque encoded, CipherSuite suite, NamedGroup group, KeyShareEntry share)
      throws TlsException {
    List<String> protocols = offer.applicationProtocols();
    String protocol = protocols.isEmpty() ? null : config.applicationProtocols().select(protocols);
    Hkdf hkdf = new Hkdf(suite.hash(), config.crypto());
    out.onEnd(hkdf::forget);
    out.negotiating(
        new Negotiation(
            ProtocolVersion.TLS13, suite, offer.serverName(), offer.signatureSchemes()));
    parameters =
        new Parameters(offer, suite, hkdf, group, share.keyExchange(), protocol, null, null, null);
    List<SignatureScheme> schemes = offer.commonSchemes(config.signatureSchemes());
    if (schemes.isEmpty()) {
      return withIdentity(null, null, encoded);
    }
    IdentityRequest request =
        new IdentityRequest(ProtocolVersion.TLS13, offer.serverName(), schemes, List.of(), null);
    return Awaiting.answer(
        config.identities().choose(request),
        identity ->
            withIdentity(identity, identity == null ? null : request.schemeFor(identity), encoded));
  }

  /** With the identity, and so the scope: looks at the tickets offered. */
  private HandshakeState withIdentity(
      @Nullable Identity identity, @Nullable SignatureScheme scheme, Opaque encoded)
      throws TlsException {
    // The scope is settled here, once: who may reload trust anchors meanwhile does not change whom
    // this connection was granted to.
    Parameters agreed = parameters().withIdentity(identity, scheme, Scopes.of(config, identity));
    parameters = agreed;
    OfferedPsks psks = agreed.offer().find(OfferedPsks.class);
    if (psks == null) {
      requireRightlyDropped(agreed);
      transcript.add(encoded);
      return fullHandshake(PskDecision.NOT_OFFERED);
    }
    return new Tls13PskSelection(this, agreed, psks, encoded).select();
  }

  /**
   * RFC 8446, Section 4.1.2: the second hello is the first one, with leave to remove "any PSKs
   * which are incompatible with the server's indicated cipher suite". A ticket that we can open,
   * and whose session fits, was no such PSK. Whether a stateful one was is not worth asking the
   * store.
   */
  private void requireRightlyDropped(Parameters agreed) throws TlsException {
    TicketFormat tickets = config.resumption().sealer();
    ResumptionScope scope = agreed.scope();
    if (dropped == null || tickets == null || scope == null) {
      return;
    }
    Opaque identity = dropped.identities().getFirst().identity();
    if (tickets.open(identity, ProtocolVersion.TLS13, scope)
        instanceof TicketOpening.Opened opened) {
      boolean fits = opened.session().suite().hash() == agreed.suite().hash();
      opened.session().close();
      if (fits) {
        throw TlsException.illegalParameter("The second ClientHello lacks the PSK of the first");
      }
    }
  }

  /** No PSK is used: certificates are needed. */
  HandshakeState fullHandshake(ResumptionOutcome outcome) throws TlsException {
    out.resumption(outcome);
    if (parameters().offer().find(SignatureAlgorithms.class) == null) {
      // RFC 8446, Section 4.2.3: needed as soon as the server authenticates by a certificate.
      throw TlsException.misbehaved(
          AlertDescription.MISSING_EXTENSION, "The ClientHello lacks signature_algorithms");
    }
    if (parameters().identity() == null || parameters().scheme() == null) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE,
          "No certificate fits the client's name and signature algorithms");
    }
    EarlySecret early = EarlySecret.withoutPsk(parameters().hkdf());
    return serverHello(early, null, outcome);
  }

  /** A PSK is used: its session stands for the certificates. */
  HandshakeState resume(PskDecision.Accepted accepted) throws TlsException {
    return serverHello(accepted.early(), accepted, accepted.outcome());
  }

  /** ServerHello, and what follows it under the handshake traffic keys. */
  private HandshakeState serverHello(
      EarlySecret early, PskDecision.@Nullable Accepted accepted, ResumptionOutcome outcome)
      throws TlsException {
    Parameters agreed = parameters();
    KeyShareAnswer answer = keyExchange(agreed.group()).answer(agreed.clientShare());
    HandshakeSecret handshake = early.handshake(answer.sharedSecret());
    out.onEnd(handshake::close);
    transcript.add(
        out.send(
            new ServerHello(
                ProtocolVersion.TLS12.code(),
                Randoms.opaque(config.crypto().random(), 32),
                agreed.offer().hello().sessionId(),
                agreed.suite().code(),
                0,
                serverHelloExtensions(answer.share(), accepted))));
    if (!retried) {
      compatibilityChangeCipherSpec(agreed.offer());
    }
    byte[] hash = transcript.hash();
    TrafficSecret clientTraffic = handshake.clientTraffic(hash);
    out.onEnd(clientTraffic::close);
    TrafficSecret serverTraffic = handshake.serverTraffic(hash);
    out.onEnd(serverTraffic::close);
    out.protectWriting(Epochs.sealing(config.crypto(), agreed.suite(), serverTraffic));
    out.protectReading(Epochs.opening(config.crypto(), agreed.suite(), clientTraffic));
    send(new EncryptedExtensions(encryptedExtensions(accepted != null)));
    MainSecret main = handshake.main();
    out.onEnd(main::close);
    Flight flight = new Flight(main, clientTraffic, serverTraffic, accepted, outcome);
    return accepted != null ? finish(flight) : certificate(flight);
  }

  /** What the server's flight still needs after the ServerHello. */
  record Flight(
      MainSecret main,
      TrafficSecret clientTraffic,
      TrafficSecret serverTraffic,
      PskDecision.@Nullable Accepted accepted,
      ResumptionOutcome outcome) {}

  /** CertificateRequest, Certificate, and a signature over the transcript. */
  private HandshakeState certificate(Flight flight) throws TlsException {
    if (asksForCertificate()) {
      send(certificateRequest());
    }
    Identity identity = java.util.Objects.requireNonNull(parameters().identity());
    SignatureScheme scheme = java.util.Objects.requireNonNull(parameters().scheme());
    send(Certificates.certificate13(Opaque.EMPTY, identity));
    byte[] content = Tls13Signatures.serverContent(transcript.hash());
    Pending<Opaque> signature =
        Pending.work(() -> config.crypto().signatures().sign(scheme, identity.key(), content));
    return Awaiting.answer(
        signature,
        signed -> {
          send(new CertificateVerify(scheme.code(), signed));
          return finish(flight);
        });
  }

  /** The server's Finished; its application traffic keys come right after it. */
  private HandshakeState finish(Flight flight) throws TlsException {
    send(new Finished(flight.serverTraffic().finished(transcript.hash())));
    byte[] hash = transcript.hash();
    TrafficSecret clientApplication = flight.main().clientTraffic(hash);
    TrafficSecret serverApplication = flight.main().serverTraffic(hash);
    out.protectWriting(Epochs.sealing(config.crypto(), parameters().suite(), serverApplication));
    flight.serverTraffic().close();
    Tls13ServerClosing closing =
        new Tls13ServerClosing(
            this,
            parameters(),
            flight,
            clientApplication,
            serverApplication,
            flight.main().exporter(config.crypto().digests(), hash));
    out.onEnd(closing::wipeUnlessConnected);
    boolean certificates = flight.accepted() == null && asksForCertificate();
    return certificates
        ? new Tls13ServerExpectCertificate(closing)
        : new Tls13ServerExpectFinished(closing, closing.rememberedCertificates());
  }

  /** RFC 8446, Section 4.1.3: selects from the client's list; the order that counts is set. */
  private CipherSuite selectSuite(ClientOffer offer) throws TlsException {
    return CipherSuites.select(offer, config, ProtocolVersion.TLS13, _ -> true);
  }

  /** The first of our groups for which there is a share, else the first that the client knows. */
  private NamedGroup selectGroup(ClientOffer offer) throws TlsException {
    Uint16List theirs = Tls13ClientHelloRules.groups(offer);
    NamedGroup first = null;
    for (NamedGroup group : config.groups()) {
      if (theirs.contains(group.code()) && config.crypto().keyExchange(group) != null) {
        if (Tls13ClientHelloRules.shareOf(offer, group) != null) {
          return group;
        }
        first = first == null ? group : first;
      }
    }
    if (first == null) {
      throw TlsException.incompatible(
          AlertDescription.HANDSHAKE_FAILURE, "The client knows no group that is served here");
    }
    return first;
  }

  /** RFC 8446, Appendix D.4: a client that sent a session ID expects middlebox compatibility. */
  private void compatibilityChangeCipherSpec(ClientOffer offer) throws TlsException {
    if (!offer.hello().sessionId().isEmpty()) {
      out.sendChangeCipherSpec();
    }
  }

  private Extensions serverHelloExtensions(Opaque share, PskDecision.@Nullable Accepted accepted) {
    Extension version = new SelectedVersion(ProtocolVersion.TLS13.code());
    Extension keyShare = new ServerKeyShare(new KeyShareEntry(parameters().group().code(), share));
    return accepted == null
        ? Extensions.of(version, keyShare)
        : Extensions.of(version, keyShare, new SelectedPsk(accepted.index()));
  }

  private Extensions encryptedExtensions(boolean resumed) {
    List<Extension> extensions = new ArrayList<>(3);
    if (parameters().offer().serverName() != null && !resumed) {
      extensions.add(new ServerName(null));
    }
    String protocol = parameters().applicationProtocol();
    if (protocol != null) {
      extensions.add(ClientOffer.protocols(List.of(protocol)));
    }
    if (answersTicketRequest()) {
      int count = Tls13Tickets.count(config, parameters().offer(), resumed);
      extensions.add(new ExpectedTickets(parameters().scope() == null ? 0 : count));
    }
    return Extensions.of(extensions.toArray(new Extension[0]));
  }

  /**
   * RFC 9149, Section 3: "A server that supports and uses a client's "ticket_request" extension
   * MUST also send the "ticket_request" extension in the EncryptedExtensions message."
   */
  private boolean answersTicketRequest() {
    return config.resumption().givesTickets()
        && parameters().offer().find(TicketRequest.class) != null;
  }

  private CertificateRequest13 certificateRequest() {
    List<Extension> extensions = new ArrayList<>(2);
    extensions.add(new SignatureAlgorithms(CipherSuites.schemeCodes(config.signatureSchemes())));
    List<Opaque> authorities = config.trust().acceptedAuthorities();
    if (!authorities.isEmpty()) {
      extensions.add(new dev.reprise.engine.wire.CertificateAuthorities(authorities));
    }
    return new CertificateRequest13(
        Opaque.EMPTY, Extensions.of(extensions.toArray(new Extension[0])));
  }

  private boolean asksForCertificate() {
    return config.clientAuthentication() != ClientAuthentication.NONE;
  }

  private static boolean offersEarlyData(ClientOffer offer) {
    return offer.find(EarlyDataIndication.class) != null;
  }

  private KeyExchange keyExchange(NamedGroup group) throws TlsException {
    KeyExchange exchange = config.crypto().keyExchange(group);
    if (exchange == null) {
      throw TlsException.internal("The group " + group + " has no key exchange", null);
    }
    return exchange;
  }

  private void send(HandshakeMessage message) throws TlsException {
    transcript.add(out.send(message));
  }

  private Parameters parameters() {
    return java.util.Objects.requireNonNull(parameters, "the hello was processed");
  }
}
