/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.crypto.Tls12Prf;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.ServerHello;
import dev.reprise.engine.wire.SessionTicketTls12;
import dev.reprise.engine.wire.TlsException;

/** An abbreviated handshake of a TLS 1.2 server: RFC 5246, Section 7.3, Figure 2. */
final class Tls12ServerResumed {
  private final Tls12ServerHandshake handshake;
  private final ServerConfig config;
  private final Session session;
  private final ResumptionOutcome.Resumed outcome;
  private final boolean ticketFollows;

  Tls12ServerResumed(
      Tls12ServerHandshake handshake,
      Session session,
      ResumptionOutcome.Resumed outcome,
      boolean renew) {
    this.handshake = handshake;
    this.config = handshake.config;
    this.session = session;
    this.outcome = outcome;
    this.ticketFollows = renew && handshake.offer.find(SessionTicketTls12.class) != null;
  }

  /** ServerHello, [NewSessionTicket,] ChangeCipherSpec, Finished. */
  HandshakeState serverHello() throws TlsException {
    handshake.transcript.select(session.suite().hash());
    // RFC 5077, Section 3.4: "If the server accepts the ticket, it MUST respond with the same
    // Session ID that was sent by the client", which also is how a stored session is resumed.
    Opaque sessionId = handshake.offer.hello().sessionId();
    ServerHello hello =
        Tls12ServerHello.of(handshake, session.suite(), sessionId, true, ticketFollows);
    handshake.out.negotiating(
        new Negotiation(
            ProtocolVersion.TLS12,
            session.suite(),
            handshake.offer.serverName(),
            handshake.offer.signatureSchemes()));
    handshake.transcript.add(handshake.out.send(hello));
    Tls12Prf prf = new Tls12Prf(session.suite().hash(), config.crypto());
    Tls12ServerClosing closing =
        new Tls12ServerClosing(
            handshake,
            session.suite(),
            null,
            prf,
            session.secret(),
            hello,
            outcome,
            session.peerCertificates(),
            session);
    if (ticketFollows) {
      closing.sendTicket();
    }
    closing.sendFinished();
    return new Tls12ServerExpectChangeCipherSpec(closing);
  }
}
