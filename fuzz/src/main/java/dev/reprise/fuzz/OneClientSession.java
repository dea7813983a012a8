/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's store with one session, or none. What is put there is not kept. */
record OneClientSession(Kind kind) implements ClientSessionStore {
  /** What a client has of an earlier connection. */
  enum Kind {
    NOTHING,
    TICKET_13,
    TICKET_12,
    SESSION_ID_12
  }

  static final List<Kind> KINDS = List.of(Kind.values());

  /** A server's scope means nothing to a client. */
  private static final ResumptionScope SCOPE = new ResumptionScope(Opaque.takeOver(new byte[32]));

  @Override
  public void put(ClientSessionKey key, ClientSession session) {
    session.session().close();
  }

  @Override
  public @Nullable ClientSession take(ClientSessionKey key) {
    return switch (kind) {
      case NOTHING -> null;
      case TICKET_13 -> ticket(ProtocolVersion.TLS13);
      case TICKET_12 -> ticket(ProtocolVersion.TLS12);
      case SESSION_ID_12 -> {
        ProtocolVersion version = ProtocolVersion.TLS12;
        yield offer(version, Opaque.EMPTY, FuzzedSessions.id(version));
      }
    };
  }

  private static ClientSession ticket(ProtocolVersion version) {
    Session session = FuzzedSessions.session(version, SCOPE);
    Opaque ticket = new BareTickets().seal(session).ticket();
    session.close();
    return offer(version, ticket, Opaque.EMPTY);
  }

  private static ClientSession offer(ProtocolVersion version, Opaque ticket, Opaque id) {
    Session session = FuzzedSessions.session(version, SCOPE);
    return new ClientSession(session, ticket, id, session.createdAtMillis());
  }

  @Override
  public void remove(ClientSessionKey key, ClientSession session) {}

  @Override
  public void removeAll(ClientSessionKey key) {}
}
