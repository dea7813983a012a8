/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.Identity;
import dev.reprise.engine.config.Pending;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.KeyExchange;
import dev.reprise.engine.crypto.KeyShareOffer;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.crypto.SignatureScheme;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.Tls12Secrets;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate12;
import dev.reprise.engine.wire.CertificateRequest12;
import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.ClientKeyExchange;
import dev.reprise.engine.wire.HandshakeMessage;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerHelloDone;
import dev.reprise.engine.wire.ServerKeyExchange;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.SupportedGroups;
import dev.reprise.engine.wire.TlsException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A full handshake of a TLS 1.2 server: RFC 5246, Section 7.3, with ECDHE of RFC 8422. */
final class Tls12ServerFull {
  /** rsa_sign and ecdsa_sign: RFC 5246, Section 7.4.4 and RFC 8422, Section 5.5. */
  private static final Opaque CERTIFICATE_TYPES = Opaque.copyOf((byte) 64, (byte) 1);

  private final Tls12ServerHandshake handshake;
  private final ServerConfig config;
  private final Identity identity;
  private final SignatureScheme scheme;
  private final ResumptionOutcome outcome;
  private final CipherSuite suite;
  private final NamedGroup group;
  private final boolean ticketFollows;
  private final ServerHello hello;

  Tls12ServerFull(
      Tls12ServerHandshake handshake,
      Identity identity,
      SignatureScheme scheme,
      ResumptionOutcome outcome)
      throws TlsException {
    this.handshake = handshake;
    this.config = handshake.config;
    this.identity = identity;
    this.scheme = scheme;
    this.outcome = outcome;
    this.suite =
        CipherSuites.select(
            handshake.offer,
            config,
            ProtocolVersion.TLS12,
            candidate -> candidate.authentication() == scheme.authentication());
    this.group = selectGroup();
    this.ticketFollows =
        handshake.scope() != null
            && config.resumption().sealer() != null
            && handshake.offer.find(SessionTicketTls12.class) != null;
    this.hello = Tls12ServerHello.of(handshake, suite, sessionId(), false, ticketFollows);
  }

  /** ServerHello, Certificate, ServerKeyExchange, [CertificateRequest,] ServerHelloDone. */
  HandshakeState serverHello() throws TlsException {
    handshake.out.negotiating(
        new Negotiation(
            ProtocolVersion.TLS12,
            suite,
            handshake.offer.serverName(),
            handshake.offer.signatureSchemes()));
    if (asksForCertificate()) {
      // The client's CertificateVerify signs the messages themselves, not their hash.
      handshake.transcript.selectAndKeepMessages(suite.hash());
    } else {
      handshake.transcript.select(suite.hash());
    }
    send(hello);
    send(Certificates.certificate12(identity));
    return serverKeyExchange();
  }

  private HandshakeState serverKeyExchange() throws TlsException {
    KeyExchange exchange = config.crypto().keyExchange(group);
    if (exchange == null) {
      throw TlsException.internal("The group " + group + " has no key exchange", null);
    }
    KeyShareOffer share = exchange.offer();
    handshake.out.onEnd(share::close);
    byte[] content =
        Tls12Signatures.keyExchangeContent(
            handshake.offer.hello().random(),
            hello.random(),
            new ServerKeyExchange(group.code(), share.share(), scheme.code(), Opaque.EMPTY)
                .params());
    Pending<Opaque> signature =
        Pending.work(() -> config.crypto().signatures().sign(scheme, identity.key(), content));
    return Awaiting.answer(
        signature,
        signed -> {
          send(new ServerKeyExchange(group.code(), share.share(), scheme.code(), signed));
          return serverHelloDone(share);
        });
  }

  private HandshakeState serverHelloDone(KeyShareOffer share) throws TlsException {
    if (asksForCertificate()) {
      send(
          new CertificateRequest12(
              CERTIFICATE_TYPES,
              CipherSuites.schemeCodes(config.signatureSchemes()),
              config.trust().acceptedAuthorities()));
    }
    send(new ServerHelloDone());
    return asksForCertificate()
        ? new Tls12ServerExpectCertificate(this, share)
        : new Tls12ServerExpectClientKeyExchange(this, share, List.of(), null);
  }

  HandshakeState certificate(Certificate12 message, Opaque encoded, KeyShareOffer share)
      throws TlsException {
    handshake.transcript.add(encoded);
    if (message.chain().isEmpty()) {
      if (config.clientAuthentication() == ClientAuthentication.NEED) {
        // RFC 5246, Section 7.4.6: "respond with a fatal handshake_failure alert".
        throw TlsException.incompatible(
            AlertDescription.HANDSHAKE_FAILURE, "The client shows no certificate");
      }
      return new Tls12ServerExpectClientKeyExchange(this, share, List.of(), null);
    }
    List<X509Certificate> certificates = Certificates.parse(message.chain(), config.trust());
    return Awaiting.answer(
        Certificates.checkClient(config.trust(), certificates),
        _ ->
            new Tls12ServerExpectClientKeyExchange(
                this, share, message.chain(), certificates.getFirst()));
  }

  HandshakeState clientKeyExchange(
      ClientKeyExchange message,
      Opaque encoded,
      KeyShareOffer share,
      List<Opaque> chain,
      @Nullable X509Certificate leaf)
      throws TlsException {
    Secret preMain = share.complete(message.publicKey());
    handshake.transcript.add(encoded);
    Tls12Prf prf = new Tls12Prf(suite.hash(), config.crypto());
    Opaque clientRandom = handshake.offer.hello().random();
    Secret main =
        handshake.extendedMasterSecret
            ? Tls12Secrets.extendedMainSecret(prf, preMain, handshake.transcript.hash())
            : Tls12Secrets.mainSecret(prf, preMain, clientRandom, hello.random());
    Tls12ServerClosing closing =
        new Tls12ServerClosing(handshake, suite, group, prf, main, hello, outcome, chain, null);
    return leaf == null
        ? new Tls12ServerExpectChangeCipherSpec(closing)
        : new Tls12ServerExpectCertificateVerify(this, closing, leaf);
  }

  /** RFC 5246, Section 7.4.8: signs all handshake messages so far. */
  HandshakeState certificateVerify(
      CertificateVerify message, Opaque encoded, Tls12ServerClosing closing, X509Certificate leaf)
      throws TlsException {
    Certificates.verify(
        config.crypto(),
        config.signatureSchemes(),
        ProtocolVersion.TLS12,
        message.scheme(),
        leaf,
        handshake.transcript.messages(),
        message.signature());
    handshake.transcript.add(encoded);
    return new Tls12ServerExpectChangeCipherSpec(closing);
  }

  /**
   * RFC 5077, Section 3.4: a server that will issue a ticket "MAY" leave the session ID empty, and
   * so the client cannot take it for one that is remembered. A stored session has a random one.
   */
  private Opaque sessionId() {
    boolean stored =
        !ticketFollows && handshake.scope() != null && config.resumption().store() != null;
    return stored ? Randoms.opaque(config.crypto().random(), 32) : Opaque.EMPTY;
  }

  private NamedGroup selectGroup() throws TlsException {
    SupportedGroups theirs = handshake.offer.find(SupportedGroups.class);
    for (NamedGroup candidate : config.groups()) {
      // RFC 8422, Section 4: a client that names no groups leaves the choice to the server.
      boolean offered = theirs == null || theirs.groups().contains(candidate.code());
      if (candidate.usableInTls12() && offered && config.crypto().keyExchange(candidate) != null) {
        return candidate;
      }
    }
    throw TlsException.incompatible(
        AlertDescription.HANDSHAKE_FAILURE, "The client knows no group that is served here");
  }

  private boolean asksForCertificate() {
    return config.clientAuthentication() != ClientAuthentication.NONE;
  }

  private void send(HandshakeMessage message) throws TlsException {
    handshake.transcript.add(handshake.out.send(message));
  }
}
