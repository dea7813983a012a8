/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.resumption.ClientSession;
import dev.reprise.engine.resumption.ClientSessionKey;
import dev.reprise.engine.resumption.ClientSessionStore;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client's store that hands out one session again and again, changed as a test wants it. */
final class TamperingStore implements ClientSessionStore {
  UnaryOperator<Opaque> ticket = UnaryOperator.identity();
  UnaryOperator<Opaque> id = UnaryOperator.identity();
  UnaryOperator<Session> session = UnaryOperator.identity();
  boolean offers = true;

  private @Nullable ClientSession kept;

  @Override
  public synchronized void put(ClientSessionKey key, ClientSession received) {
    if (kept == null) {
      kept = received;
    }
  }

  @Override
  public synchronized @Nullable ClientSession take(ClientSessionKey key) {
    if (kept == null || !offers) {
      return null;
    }
    return new ClientSession(
        session.apply(kept.session().copy()),
        ticket.apply(kept.ticket()),
        id.apply(kept.sessionId()),
        kept.receivedAtMillis());
  }

  @Override
  public void remove(ClientSessionKey key, ClientSession gone) {}

  @Override
  public void removeAll(ClientSessionKey key) {}

  Opaque ticket() {
    return java.util.Objects.requireNonNull(kept).ticket();
  }
}
