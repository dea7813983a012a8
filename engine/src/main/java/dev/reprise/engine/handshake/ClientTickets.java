/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.ClientConfig;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.schedule.ResumptionSecret;
import dev.reprise.engine.wire.NewSessionTicket13;
import dev.reprise.engine.wire.TicketRequest;
import dev.reprise.engine.wire.TlsException;

/** Keeps the tickets that a TLS 1.3 server sends: RFC 8446, Section 4.6.1. */
final class ClientTickets {
  /**
   * More on one connection are read and ignored: a server cannot fill the client's memory. Of those
   * that are kept the store holds the newest. Who has asked for none keeps none.
   */
  private static final int MOST_TICKETS = 32;

  private final ClientConfig config;
  private final HandshakeOutput out;
  private final ConnectionInfo info;
  private final ResumptionSecret resumption;
  private final int most;
  private int kept;

  ClientTickets(
      ClientConfig config, HandshakeOutput out, ConnectionInfo info, ResumptionSecret resumption) {
    this.config = config;
    this.out = out;
    this.info = info;
    this.resumption = resumption;
    boolean resumed = info.outcome() instanceof ResumptionOutcome.Resumed;
    TicketRequest request = config.ticketRequest();
    this.most = request == null || request.count(resumed) > 0 ? MOST_TICKETS : 0;
  }

  /** A lifetime of zero "indicates that the ticket should be discarded immediately". */
  void keep(NewSessionTicket13 message) throws TlsException {
    if (message.lifetimeSeconds() == 0 || config.sessions() == null || kept == most) {
      return;
    }
    kept++;
    ClientSessions.keep(
        config,
        out,
        info,
        resumption.psk(message.nonce()),
        message.ticket(),
        message.ageAdd(),
        message.lifetimeSeconds());
  }

  void close() {
    resumption.close();
  }
}
