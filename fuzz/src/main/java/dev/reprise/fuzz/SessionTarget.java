/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.resumption.FuzzedPlaintexts;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionCodec;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.Arrays;

/**
 * {@code uint8 kind, opaque bytes[rest]}: what a store answers, what is under a ticket's seal, what
 * a client exported, and a ticket before it is opened.
 */
public final class SessionTarget {
  static final int STORED = 0;
  static final int IN_TICKET = 1;
  static final int EXPORTED = 2;
  static final int TICKET = 3;

  static final ResumptionScope SCOPE = new ResumptionScope(Opaque.takeOver(new byte[32]));

  private SessionTarget() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    boolean _ = Allocation.bounded(bytes.length, () -> reads(bytes));
  }

  /** Whether it is a session. */
  static boolean reads(byte[] bytes) {
    Input input = new Input(bytes);
    int kind = input.uint8();
    ProtocolVersion version = (kind & 4) == 0 ? ProtocolVersion.TLS13 : ProtocolVersion.TLS12;
    byte[] rest = input.rest();
    return switch (kind & 3) {
      case STORED -> stored(rest, version);
      case IN_TICKET -> opened(FuzzedPlaintexts.inTicket(rest, version, SCOPE));
      case EXPORTED -> FuzzedPlaintexts.exported(rest);
      default -> opened(FuzzedPlaintexts.ticket(rest, version, SCOPE));
    };
  }

  private static boolean stored(byte[] bytes, ProtocolVersion version) {
    return switch (SessionCodec.open(Opaque.takeOver(bytes), version, SCOPE)) {
      case Lookup.Found(Session session) -> {
        if (!Arrays.equals(bytes, SessionCodec.encode(session))) {
          throw new AssertionError("A session has two encodings");
        }
        session.close();
        yield true;
      }
      case Lookup.Mismatched _, Lookup.Unavailable _ -> false;
      case Lookup.NotInStore _ -> throw new AssertionError("That is for a store to say");
    };
  }

  private static boolean opened(TicketOpening opening) {
    return switch (opening) {
      case TicketOpening.Opened opened -> {
        opened.session().close();
        yield true;
      }
      case TicketOpening.Missed _ -> false;
    };
  }
}
