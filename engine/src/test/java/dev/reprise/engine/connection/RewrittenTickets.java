/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tickets that open to something else than was sealed. */
record RewrittenTickets(TicketFormat tickets, UnaryOperator<Session> rewrite)
    implements TicketFormat {
  @Override
  public @Nullable SealedTicket seal(Session session) {
    return tickets.seal(session);
  }

  @Override
  public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
    return switch (tickets.open(ticket, version, scope)) {
      case TicketOpening.Opened(Session session, String keyName, boolean older) ->
          new TicketOpening.Opened(rewrite.apply(session), keyName, older);
      case TicketOpening.Missed missed -> missed;
    };
  }
}
