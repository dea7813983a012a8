/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.crypto.NamedGroup;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate12;
import dev.reprise.engine.wire.EcPointFormats;
import dev.reprise.engine.wire.ExtendedMasterSecret;
import dev.reprise.engine.wire.ExtensionType;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.RenegotiationInfo;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.ServerKeyExchange;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.Uint16List;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's side of TLS 1.2 from the ServerHello to the server's key exchange. */
final class Tls12ClientHandshake {
  final ClientHandshake handshake;
  final ClientConfig config;
  final CipherSuite suite;
  final ServerHello hello;

  private @Nullable String applicationProtocol;

  Tls12ClientHandshake(ClientHandshake handshake, CipherSuite suite, ServerHello hello) {
    this.handshake = handshake;
    this.config = handshake.config;
    this.suite = suite;
    this.hello = hello;
  }

  /** The ServerHello: whether the session is resumed shows in the ID it echoes. */
  HandshakeState serverHello(Opaque encoded) throws TlsException {
    handshake.closeShares();
    handshake.closeEarly();
    // The client may have to sign the messages themselves, not their hash.
    handshake.transcript.selectAndKeepMessages(suite.hash());
    handshake.transcript.add(encoded);
    requireSecureRenegotiation();
    requireUncompressedPoints();
    applicationProtocol =
        ClientExtensionRules.applicationProtocol(hello.extensions(), config.applicationProtocols());
    handshake.out.negotiating(
        new Negotiation(ProtocolVersion.TLS12, suite, config.serverName(), Uint16List.of()));
    ClientSession offered = handshake.tls12Session();
    boolean echoed = !hello.sessionId().isEmpty() && hello.sessionId().equals(handshake.sessionId);
    if (echoed && offered != null) {
      return resume(offered);
    }
    if (echoed) {
      // RFC 8446, Appendix D.4's made-up ID cannot be known to a server of TLS 1.2.
      throw TlsException.illegalParameter("The server resumes a session that was not offered");
    }
    handshake.out.resumption(missed());
    return new Tls12ClientExpectCertificate(this);
  }

  private ResumptionOutcome missed() {
    return handshake.offeredNothing()
        ? PskDecision.NOT_OFFERED
        : new ResumptionOutcome.Full(MissReason.DECLINED, null);
  }

  private HandshakeState resume(ClientSession offered) throws TlsException {
    Session session = offered.session();
    if (session.suite() != suite) {
      // RFC 5246, Section 7.4.1.3: "the value from the state of the session being resumed".
      throw TlsException.illegalParameter("The server resumes under another cipher suite");
    }
    if (!extendedMasterSecret()) {
      // RFC 7627, Section 5.3: the client "MUST abort the handshake".
      throw TlsException.misbehaved(
          AlertDescription.HANDSHAKE_FAILURE, "The server resumes without extended master secret");
    }
    Mechanism mechanism = offered.ticket().isEmpty() ? Mechanism.SESSION_ID : Mechanism.TICKET;
    long age = config.clock().millis() - session.authenticatedAtMillis();
    ResumptionOutcome outcome =
        new ResumptionOutcome.Resumed(mechanism, null, Duration.ofMillis(age));
    handshake.out.resumption(outcome);
    Tls12ClientClosing closing =
        new Tls12ClientClosing(
            this,
            new Tls12Prf(suite.hash(), config.crypto()),
            session.secret(),
            null,
            outcome,
            session.peerCertificates(),
            null,
            offered,
            Uint16List.of());
    return closing.expectServersEnd();
  }

  HandshakeState certificate(Certificate12 message, Opaque encoded) throws TlsException {
    if (message.chain().isEmpty()) {
      throw new dev.reprise.engine.wire.DecodeException("The server's certificate list is empty");
    }
    List<X509Certificate> certificates = Certificates.parse(message.chain(), config.trust());
    requireOfferedCurve(certificates.getFirst());
    handshake.transcript.add(encoded);
    return new Tls12ClientExpectServerKeyExchange(this, message.chain(), certificates);
  }

  HandshakeState serverKeyExchange(
      ServerKeyExchange message,
      Opaque encoded,
      List<Opaque> chain,
      List<X509Certificate> certificates)
      throws TlsException {
    NamedGroup group = NamedGroup.of(message.namedGroup());
    if (group == null || !group.usableInTls12() || !config.groups().contains(group)) {
      throw TlsException.illegalParameter("The server's group is not one offered");
    }
    requireSchemeOfSuite(message.signatureScheme());
    Certificates.verify(
        config.crypto(),
        config.signatureSchemes(),
        ProtocolVersion.TLS12,
        message.signatureScheme(),
        certificates.getFirst(),
        Tls12Signatures.keyExchangeContent(handshake.random, hello.random(), message.params()),
        message.signature());
    handshake.transcript.add(encoded);
    return new Tls12ClientExpectServerHelloDone(
        new Tls12ClientFull(this, group, message.publicKey(), chain, certificates, missed()));
  }

  /**
   * RFC 8422, Section 5.3: "the public key in the server's certificate MUST respect the client's
   * choice of elliptic curves".
   */
  private void requireOfferedCurve(X509Certificate leaf) throws TlsException {
    NamedGroup curve = NamedGroup.curveOf(leaf.getPublicKey());
    if (curve != null && !config.groups().contains(curve)) {
      throw TlsException.illegalParameter("The certificate is on a curve that is not offered");
    }
  }

  /** What JSSE calls the key exchange. */
  String authenticationType() {
    return "ECDHE_" + suite.authentication();
  }

  /** RFC 8422, Section 2: the suite says of what kind the server's signature is. */
  private void requireSchemeOfSuite(int code) throws TlsException {
    dev.reprise.engine.crypto.SignatureScheme scheme =
        dev.reprise.engine.crypto.SignatureScheme.of(code);
    if (scheme == null || scheme.authentication() != suite.authentication()) {
      throw TlsException.illegalParameter("The server signs otherwise than its suite says");
    }
  }

  /** RFC 9325, Section 3.5: a server without renegotiation_info is refused. */
  private void requireSecureRenegotiation() throws TlsException {
    RenegotiationInfo info = hello.extensions().find(RenegotiationInfo.class);
    if (info == null || !info.renegotiatedConnection().isEmpty()) {
      throw TlsException.misbehaved(
          AlertDescription.HANDSHAKE_FAILURE, "The server has no secure renegotiation");
    }
  }

  private void requireUncompressedPoints() throws TlsException {
    EcPointFormats formats = hello.extensions().find(EcPointFormats.class);
    if (formats != null && !formats.hasUncompressed()) {
      throw TlsException.illegalParameter("The server does not take uncompressed points");
    }
  }

  boolean extendedMasterSecret() {
    return hello.extensions().find(ExtendedMasterSecret.class) != null;
  }

  boolean ticketFollows() {
    return hello.extensions().has(ExtensionType.SESSION_TICKET);
  }

  @Nullable String applicationProtocol() {
    return applicationProtocol;
  }
}
