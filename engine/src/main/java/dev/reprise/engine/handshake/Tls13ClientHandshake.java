/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.IdentityRequest;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.Hkdf;
import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.EarlySecret;
import dev.reprise.engine.schedule.Exporter;
import dev.reprise.engine.schedule.HandshakeSecret;
import dev.reprise.engine.schedule.MainSecret;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.CertificateAuthorities;
import dev.reprise.engine.wire.CertificateRequest13;
import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.EncryptedExtensions;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.SelectedPsk;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyShare;
import dev.reprise.engine.wire.SignatureAlgorithms;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The client's side of TLS 1.3 from the ServerHello on, in the order of the handshake. */
final class Tls13ClientHandshake {
  private final ClientHandshake handshake;
  private final ClientConfig config;
  private final HandshakeOutput out;
  private final CipherSuite suite;

  private @Nullable NamedGroup group;
  private @Nullable Secrets secrets;
  private @Nullable String applicationProtocol;
  private @Nullable CertificateRequest13 request;
  private Uint16List serverSchemes = Uint16List.of();
  private boolean resumed;

  /** The secrets of the handshake. */
  private record Secrets(MainSecret main, TrafficSecret client, TrafficSecret server) {}

  /** The client's certificate and how to sign for it; both null: none is shown. */
  private record Answer(@Nullable Identity identity, @Nullable SignatureScheme scheme) {}

  Tls13ClientHandshake(ClientHandshake handshake, CipherSuite suite) {
    this.handshake = handshake;
    this.config = handshake.config;
    this.out = handshake.out;
    this.suite = suite;
  }

  /** The ServerHello: from here on both sides protect what they send. */
  HandshakeState serverHello(ServerHello hello, Opaque encoded) throws TlsException {
    boolean retried = handshake.transcript.isSelected();
    if (!retried) {
      handshake.transcript.select(suite.hash());
    }
    handshake.transcript.add(encoded);
    resumed = acceptsPsk(hello);
    EarlySecret early = earlySecret();
    HandshakeSecret secret = early.handshake(keyExchange(hello));
    out.onEnd(secret::close);
    byte[] hash = handshake.transcript.hash();
    TrafficSecret client = secret.clientTraffic(hash);
    out.onEnd(client::close);
    TrafficSecret server = secret.serverTraffic(hash);
    out.onEnd(server::close);
    MainSecret main = secret.main();
    out.onEnd(main::close);
    secrets = new Secrets(main, client, server);
    if (!retried) {
      // RFC 8446, Appendix D.4: before its second flight; the hello had a session ID.
      out.sendChangeCipherSpec();
    }
    out.protectReading(Epochs.opening(config.crypto(), suite, server));
    out.protectWriting(Epochs.sealing(config.crypto(), suite, client));
    out.negotiating(
        new Negotiation(ProtocolVersion.TLS13, suite, config.serverName(), serverSchemes));
    out.resumption(outcome());
    return new Tls13ClientExpectEncryptedExtensions(this);
  }

  /**
   * RFC 8446, Section 4.2.11: "Clients MUST verify that the server's selected_identity is within
   * the range supplied by the client, that the server selected a cipher suite indicating a Hash
   * associated with the PSK".
   */
  private boolean acceptsPsk(ServerHello hello) throws TlsException {
    SelectedPsk selected = hello.extensions().find(SelectedPsk.class);
    if (selected == null) {
      return false;
    }
    ClientSession offered = handshake.pskSession();
    if (offered == null) {
      throw TlsException.misbehaved(
          AlertDescription.UNSUPPORTED_EXTENSION, "The server selected a PSK, but none is offered");
    }
    if (selected.index() != 0 || offered.session().suite().hash() != suite.hash()) {
      throw TlsException.illegalParameter("The server selected a PSK that is not offered so");
    }
    return true;
  }

  private EarlySecret earlySecret() throws TlsException {
    EarlySecret offered = resumed ? handshake.takeEarly() : null;
    handshake.closeEarly();
    if (offered != null) {
      return offered;
    }
    Hkdf hkdf = new Hkdf(suite.hash(), config.crypto());
    out.onEnd(hkdf::forget);
    return EarlySecret.withoutPsk(hkdf);
  }

  private dev.reprise.engine.crypto.Secret keyExchange(ServerHello hello) throws TlsException {
    ServerKeyShare share = hello.extensions().find(ServerKeyShare.class);
    if (share == null) {
      // psk_ke is never offered. RFC 8446, Section 4.2.11 has illegal_parameter for a PSK without
      // its share.
      throw TlsException.misbehaved(
          resumed ? AlertDescription.ILLEGAL_PARAMETER : AlertDescription.MISSING_EXTENSION,
          "The ServerHello has no key share");
    }
    NamedGroup selected = NamedGroup.of(share.entry().group());
    KeyShareOffer offer = selected == null ? null : handshake.share(selected);
    if (offer == null) {
      throw TlsException.illegalParameter("The server's key share is of a group without ours");
    }
    group = selected;
    dev.reprise.engine.crypto.Secret shared = offer.complete(share.entry().keyExchange());
    handshake.closeShares();
    return shared;
  }

  HandshakeState encryptedExtensions(EncryptedExtensions message, Opaque encoded)
      throws TlsException {
    ClientExtensionRules.checkEncryptedExtensions(message, handshake.hello());
    applicationProtocol =
        ClientExtensionRules.applicationProtocol(
            message.extensions(), config.applicationProtocols());
    handshake.transcript.add(encoded);
    return resumed
        ? new Tls13ClientExpectFinished(this, session().peerCertificates())
        : new Tls13ClientExpectCertificateRequest(this);
  }

  HandshakeState certificateRequest(CertificateRequest13 message, Opaque encoded)
      throws TlsException {
    SignatureAlgorithms algorithms = message.extensions().find(SignatureAlgorithms.class);
    if (algorithms == null) {
      // RFC 8446, Section 4.3.2: it "MUST be specified".
      throw TlsException.misbehaved(
          AlertDescription.MISSING_EXTENSION, "The request names no signature algorithms");
    }
    if (!message.requestContext().isEmpty()) {
      throw TlsException.illegalParameter("A request in the handshake has a context");
    }
    request = message;
    serverSchemes = algorithms.schemes();
    handshake.transcript.add(encoded);
    return new Tls13ClientExpectCertificate(this);
  }

  HandshakeState certificate(Certificate13 message, Opaque encoded) throws TlsException {
    if (!message.requestContext().isEmpty()) {
      throw TlsException.illegalParameter("The server's certificate has a request context");
    }
    List<Opaque> chain = Certificates.chainOf(message);
    if (chain.isEmpty()) {
      // RFC 8446, Section 4.4.2.4: "the client MUST abort the handshake with a "decode_error"".
      throw new dev.reprise.engine.wire.DecodeException("The server's certificate list is empty");
    }
    handshake.transcript.add(encoded);
    return new Tls13ClientExpectCertificateVerify(
        this, chain, Certificates.parse(chain, config.trust()));
  }

  HandshakeState certificateVerify(
      CertificateVerify message,
      Opaque encoded,
      List<Opaque> chain,
      List<X509Certificate> certificates)
      throws TlsException {
    Certificates.verify(
        config.crypto(),
        config.signatureSchemes(),
        ProtocolVersion.TLS13,
        message.scheme(),
        certificates.getFirst(),
        Tls13Signatures.serverContent(handshake.transcript.hash()),
        message.signature());
    handshake.transcript.add(encoded);
    return Awaiting.answer(
        Certificates.check(config.trust(), certificates, "UNKNOWN"),
        _ -> new Tls13ClientExpectFinished(this, chain));
  }

  /** The server's Finished: then the client's certificate, if it was asked for. */
  HandshakeState finished(Finished message, Opaque encoded, List<Opaque> chain)
      throws TlsException {
    Opaque expected = secrets().server().finished(handshake.transcript.hash());
    if (!expected.equalsInConstantTime(message.verifyData())) {
      throw TlsException.misbehaved(
          AlertDescription.DECRYPT_ERROR, "The server's Finished does not verify");
    }
    handshake.transcript.add(encoded);
    byte[] hash = handshake.transcript.hash();
    if (resumed) {
      return Awaiting.answer(
          Certificates.recheckServer(config, chain, "UNKNOWN"), _ -> finish(hash, chain, null));
    }
    if (request == null) {
      return finish(hash, chain, null);
    }
    return Awaiting.answer(chooseIdentity(request), answer -> certify(answer, hash, chain));
  }

  private Pending<Answer> chooseIdentity(CertificateRequest13 asked) {
    List<SignatureScheme> schemes = new ArrayList<>(config.signatureSchemes());
    schemes.removeIf(scheme -> !serverSchemes.contains(scheme.code()));
    if (schemes.isEmpty()) {
      return Pending.ready(new Answer(null, null));
    }
    CertificateAuthorities authorities = asked.extensions().find(CertificateAuthorities.class);
    IdentityRequest wanted =
        new IdentityRequest(
            ProtocolVersion.TLS13,
            null,
            schemes,
            authorities == null ? List.of() : authorities.names(),
            null);
    Pending<@Nullable Identity> chosen = config.identities().choose(wanted);
    return chosen.map(identity -> answer(wanted, identity));
  }

  private static Answer answer(IdentityRequest wanted, @Nullable Identity identity) {
    SignatureScheme scheme = identity == null ? null : wanted.schemeFor(identity);
    return scheme == null ? new Answer(null, null) : new Answer(identity, scheme);
  }

  /** RFC 8446, Section 4.4.2: a client without a fitting certificate sends an empty list. */
  private HandshakeState certify(Answer answer, byte[] serverFinishedHash, List<Opaque> chain)
      throws TlsException {
    Identity identity = answer.identity();
    SignatureScheme scheme = answer.scheme();
    send(Certificates.certificate13(Opaque.EMPTY, identity));
    if (identity == null || scheme == null) {
      return finish(serverFinishedHash, chain, null);
    }
    byte[] content = Tls13Signatures.clientContent(handshake.transcript.hash());
    Pending<Opaque> signature =
        Pending.work(() -> config.crypto().signatures().sign(scheme, identity.key(), content));
    return Awaiting.answer(
        signature,
        signed -> {
          send(new CertificateVerify(scheme.code(), signed));
          return finish(serverFinishedHash, chain, identity);
        });
  }

  /** The client's Finished; the traffic keys cover the transcript up to the server's. */
  private HandshakeState finish(
      byte[] serverFinishedHash, List<Opaque> chain, @Nullable Identity identity)
      throws TlsException {
    send(new Finished(secrets().client().finished(handshake.transcript.hash())));
    MainSecret main = secrets().main();
    TrafficSecret writing = main.clientTraffic(serverFinishedHash);
    TrafficSecret reading = main.serverTraffic(serverFinishedHash);
    Exporter exporter = main.exporter(config.crypto().digests(), serverFinishedHash);
    out.protectWriting(Epochs.sealing(config.crypto(), suite, writing));
    out.protectReading(Epochs.opening(config.crypto(), suite, reading));
    secrets().client().close();
    secrets().server().close();
    if (!resumed) {
      handshake.declined();
    }
    ConnectionInfo info = info(chain, identity, exporter);
    ClientTickets tickets =
        new ClientTickets(config, out, info, main.resumption(handshake.transcript.hash()));
    out.connected(info);
    return new Tls13Connected(out, config.crypto(), suite, writing, reading, tickets);
  }

  private ConnectionInfo info(List<Opaque> chain, @Nullable Identity identity, Exporter exporter) {
    long now = config.clock().millis();
    return new ConnectionInfo(
        ProtocolVersion.TLS13,
        suite,
        group,
        config.serverName(),
        applicationProtocol,
        outcome(),
        Opaque.EMPTY,
        chain,
        identity,
        serverSchemes,
        resumed ? session().createdAtMillis() : now,
        resumed ? session().authenticatedAtMillis() : now,
        resumed ? session().lineage() : config.crypto().random().nextLong(),
        exporter);
  }

  private ResumptionOutcome outcome() {
    if (!resumed) {
      return handshake.offeredNothing()
          ? PskDecision.NOT_OFFERED
          : new ResumptionOutcome.Full(MissReason.DECLINED, null);
    }
    long age = config.clock().millis() - session().authenticatedAtMillis();
    return new ResumptionOutcome.Resumed(Mechanism.TICKET, null, Duration.ofMillis(age));
  }

  private dev.reprise.engine.resumption.Session session() {
    return Objects.requireNonNull(handshake.session()).session();
  }

  private Secrets secrets() {
    return Objects.requireNonNull(secrets, "the ServerHello was processed");
  }

  private void send(HandshakeMessage message) throws TlsException {
    handshake.transcript.add(out.send(message));
  }
}
