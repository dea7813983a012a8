/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionCodec;
import dev.reprise.engine.resumption.TicketFormat;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.Arrays;

/** Tickets that are not sealed: what a session's record has after version and scope. */
final class BareTickets implements TicketFormat {
  private static final int HEADER = 1 + 2 + ResumptionScope.LENGTH;
  private static final String KEY = "fuzz";

  @Override
  public SealedTicket seal(Session session) {
    byte[] record = SessionCodec.encode(session);
    Opaque ticket = Opaque.takeOver(Arrays.copyOfRange(record, HEADER, record.length));
    return new SealedTicket(ticket, KEY, Long.MAX_VALUE);
  }

  @Override
  public TicketOpening open(Opaque ticket, ProtocolVersion version, ResumptionScope scope) {
    byte[] record = new byte[HEADER + ticket.length()];
    record[0] = 1;
    record[1] = (byte) (version.code() >>> 8);
    record[2] = (byte) version.code();
    scope.digest().copyTo(record, 3);
    ticket.copyTo(record, HEADER);
    return switch (SessionCodec.open(Opaque.takeOver(record), version, scope)) {
      case Lookup.Found(Session session) -> new TicketOpening.Opened(session, KEY, true);
      case Lookup.Mismatched(MissReason reason) -> new TicketOpening.Missed(reason, KEY);
      case Lookup.NotInStore _, Lookup.Unavailable _ ->
          new TicketOpening.Missed(MissReason.UNKNOWN_FORMAT, KEY);
    };
  }
}
