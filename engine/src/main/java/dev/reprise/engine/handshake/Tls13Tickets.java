/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ServerConfig;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.schedule.ResumptionSecret;
import dev.reprise.engine.wire.Extensions;
import dev.reprise.engine.wire.NewSessionTicket13;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.engine.wire.PskKeyExchangeModes;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;
import java.time.Duration;

/** Issues the tickets of a TLS 1.3 server: RFC 8446, Section 4.6.1. */
final class Tls13Tickets {
  /** A stateful ticket is this many random bytes; a sealed one is longer. */
  static final int HANDLE_LENGTH = 32;

  private final ServerConfig config;
  private final HandshakeOutput out;
  private final ResumptionSecret resumption;
  private final ResumptionScope scope;
  private final ConnectionInfo info;
  private final Tls13Connected connected;
  private final int count;

  Tls13Tickets(
      ServerConfig config,
      HandshakeOutput out,
      ClientOffer offer,
      ResumptionSecret resumption,
      ResumptionScope scope,
      ConnectionInfo info,
      Tls13Connected connected) {
    this.config = config;
    this.out = out;
    this.resumption = resumption;
    this.scope = scope;
    this.info = info;
    this.connected = connected;
    this.count = count(config, offer, info.outcome() instanceof ResumptionOutcome.Resumed);
  }

  HandshakeState issue() throws TlsException {
    out.onEnd(resumption::close);
    return issue(0);
  }

  /**
   * RFC 8446, Section 4.2.9: "Servers SHOULD NOT send NewSessionTicket with tickets that are not
   * compatible with the advertised modes".
   */
  static int count(ServerConfig config, ClientOffer offer, boolean resumed) {
    PskKeyExchangeModes modes = offer.find(PskKeyExchangeModes.class);
    if (modes == null || !modes.contains(PskKeyExchangeModes.PSK_DHE_KE)) {
      return 0;
    }
    return config.resumption().policy().tickets(resumed, offer.find(TicketRequest.class));
  }

  private HandshakeState issue(int index) throws TlsException {
    if (index == count) {
      return done();
    }
    // RFC 8446, Section 4.6.1: the nonce is "unique across all tickets issued on this connection".
    Opaque nonce = Opaque.copyOf((byte) index);
    Session session = session(nonce);
    SessionStore store = config.resumption().ticketStore();
    TicketFormat sealer = config.resumption().sealer();
    if (store != null) {
      return issueStateful(index, nonce, session, store);
    }
    if (sealer != null) {
      SealedTicket sealed = sealer.seal(session);
      session.close();
      if (sealed != null) {
        send(nonce, session, sealed.ticket(), sealed.keyAcceptUntilMillis());
        return issue(index + 1);
      }
    }
    return done();
  }

  private HandshakeState done() {
    resumption.close();
    return connected;
  }

  /** What a client may offer is there before it can offer it: the ticket leaves after its put. */
  private HandshakeState issueStateful(int index, Opaque nonce, Session session, SessionStore store)
      throws TlsException {
    Opaque handle = Randoms.opaque(config.crypto().random(), HANDLE_LENGTH);
    Duration lifetime = Duration.ofMillis(session.expiresAtMillis() - session.createdAtMillis());
    out.onFailure(() -> store.remove(handle));
    out.onEnd(session::close);
    return Awaiting.answer(
        StoreAnswers.put(() -> store.put(handle, session, lifetime)),
        stored -> {
          session.close();
          if (!stored) {
            return done();
          }
          send(nonce, session, handle, session.expiresAtMillis());
          return issue(index + 1);
        });
  }

  private void send(Opaque nonce, Session session, Opaque ticket, long keyAcceptUntilMillis)
      throws TlsException {
    long end = Math.min(session.expiresAtMillis(), keyAcceptUntilMillis);
    long lifetimeSeconds = (end - session.createdAtMillis()) / 1000;
    if (lifetimeSeconds > 0) {
      out.send(
          new NewSessionTicket13(
              lifetimeSeconds, session.ticketAgeAdd(), nonce, ticket, Extensions.NONE));
    }
  }

  private Session session(Opaque nonce) throws TlsException {
    long now = config.clock().millis();
    return new Session(
        ProtocolVersion.TLS13,
        info.suite(),
        resumption.psk(nonce),
        true,
        now,
        info.authenticatedAtMillis(),
        info.lineage(),
        config
            .resumption()
            .policy()
            .expiresAt(
                ProtocolVersion.TLS13,
                now,
                info.authenticatedAtMillis(),
                Long.MAX_VALUE,
                Certificates.earliestNotAfter(info.peerCertificates())),
        config.crypto().random().nextInt() & 0xffffffffL,
        scope,
        info.serverName(),
        info.applicationProtocol(),
        info.peerCertificates());
  }
}
