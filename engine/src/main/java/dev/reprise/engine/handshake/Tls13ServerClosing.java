/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientAuthentication;
import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.schedule.Exporter;
import dev.reprise.engine.schedule.ResumptionSecret;
import dev.reprise.engine.schedule.TrafficSecret;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Certificate13;
import dev.reprise.engine.wire.CertificateVerify;
import dev.reprise.engine.wire.Finished;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.TlsException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The server's side of TLS 1.3 from the client's second flight to the tickets. */
final class Tls13ServerClosing {
  private final Tls13ServerHandshake handshake;
  private final ServerConfig config;
  private final Tls13ServerHandshake.Parameters parameters;
  private final Tls13ServerHandshake.Flight flight;
  private final TrafficSecret clientApplication;
  private final TrafficSecret serverApplication;
  private final Exporter exporter;
  private boolean connected;

  Tls13ServerClosing(
      Tls13ServerHandshake handshake,
      Tls13ServerHandshake.Parameters parameters,
      Tls13ServerHandshake.Flight flight,
      TrafficSecret clientApplication,
      TrafficSecret serverApplication,
      Exporter exporter) {
    this.handshake = handshake;
    this.config = handshake.config;
    this.parameters = parameters;
    this.flight = flight;
    this.clientApplication = clientApplication;
    this.serverApplication = serverApplication;
    this.exporter = exporter;
  }

  /** The secrets of the connection that was to be. */
  void wipeUnlessConnected() {
    if (!connected) {
      clientApplication.close();
      serverApplication.close();
      exporter.close();
    }
  }

  List<Opaque> rememberedCertificates() {
    PskDecision.Accepted accepted = flight.accepted();
    return accepted == null ? List.of() : accepted.session().peerCertificates();
  }

  HandshakeState certificate(Certificate13 message, Opaque encoded) throws TlsException {
    if (!message.requestContext().isEmpty()) {
      throw TlsException.illegalParameter("The certificate answers a request never made");
    }
    List<Opaque> chain = Certificates.chainOf(message);
    handshake.transcript.add(encoded);
    if (chain.isEmpty()) {
      return withoutCertificate();
    }
    List<X509Certificate> certificates = Certificates.parse(chain, config.trust());
    return Awaiting.answer(
        Certificates.checkClient(config.trust(), certificates),
        _ -> new Tls13ServerExpectCertificateVerify(this, chain, certificates.getFirst()));
  }

  /**
   * RFC 8446, Section 4.4.2.4: "If the client does not send any certificates [...], the server MAY
   * at its discretion either continue the handshake without client authentication or abort the
   * handshake with a "certificate_required" alert."
   */
  private HandshakeState withoutCertificate() throws TlsException {
    if (config.clientAuthentication() == ClientAuthentication.NEED) {
      throw TlsException.incompatible(
          AlertDescription.CERTIFICATE_REQUIRED, "The client shows no certificate");
    }
    return new Tls13ServerExpectFinished(this, List.of());
  }

  HandshakeState certificateVerify(
      CertificateVerify message, Opaque encoded, List<Opaque> chain, X509Certificate leaf)
      throws TlsException {
    Certificates.verify(
        config.crypto(),
        config.signatureSchemes(),
        ProtocolVersion.TLS13,
        message.scheme(),
        leaf,
        Tls13Signatures.clientContent(handshake.transcript.hash()),
        message.signature());
    handshake.transcript.add(encoded);
    return new Tls13ServerExpectFinished(this, chain);
  }

  /** The client's Finished: from here on the connection is open, and may be remembered. */
  HandshakeState finished(Finished message, Opaque encoded, List<Opaque> chain)
      throws TlsException {
    Opaque expected = flight.clientTraffic().finished(handshake.transcript.hash());
    if (!expected.equalsInConstantTime(message.verifyData())) {
      throw TlsException.misbehaved(
          AlertDescription.DECRYPT_ERROR, "The client's Finished does not verify");
    }
    handshake.transcript.add(encoded);
    flight.clientTraffic().close();
    handshake.out.protectReading(
        Epochs.opening(config.crypto(), parameters.suite(), clientApplication));
    ResumptionSecret resumption = flight.main().resumption(handshake.transcript.hash());
    ConnectionInfo info = info(chain);
    connected = true;
    handshake.out.connected(info);
    Tls13Connected next =
        new Tls13Connected(
            handshake.out,
            config.crypto(),
            parameters.suite(),
            serverApplication,
            clientApplication,
            null);
    // The driver closes what it is connected by, but a ticket may fail before it is told.
    handshake.out.onEnd(next::close);
    remember(resumption, info, next);
    return next;
  }

  private void remember(ResumptionSecret resumption, ConnectionInfo info, Tls13Connected next)
      throws TlsException {
    ResumptionScope scope = parameters.scope();
    if (scope == null) {
      resumption.close();
      return;
    }
    Tls13Tickets tickets =
        new Tls13Tickets(config, handshake.out, parameters.offer(), resumption, scope, info, next);
    handshake.out.beside(tickets.issue());
  }

  private ConnectionInfo info(List<Opaque> chain) {
    long now = config.clock().millis();
    PskDecision.Accepted accepted = flight.accepted();
    return new ConnectionInfo(
        ProtocolVersion.TLS13,
        parameters.suite(),
        parameters.group(),
        parameters.offer().serverName(),
        parameters.applicationProtocol(),
        flight.outcome(),
        Opaque.EMPTY,
        chain,
        parameters.identity(),
        parameters.offer().signatureSchemes(),
        accepted == null ? now : accepted.session().createdAtMillis(),
        accepted == null ? now : accepted.session().authenticatedAtMillis(),
        accepted == null ? config.crypto().random().nextLong() : accepted.session().lineage(),
        exporter);
  }
}
