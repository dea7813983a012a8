/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A store whose answers are changed: those of looking, and those of taking. */
record RewrittenStore(
    SessionStore store, UnaryOperator<Lookup> looking, UnaryOperator<Lookup> taking)
    implements SessionStore {
  static RewrittenStore of(SessionStore store, UnaryOperator<Session> rewrite) {
    return new RewrittenStore(
        store,
        answer ->
            answer instanceof Lookup.Found(Session session)
                ? new Lookup.Found(rewrite.apply(session))
                : answer,
        UnaryOperator.identity());
  }

  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    return store.put(id, session, lifetime);
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return store.get(id, version, scope).thenApply(looking);
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return store.take(id, version, scope).thenApply(taking);
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    return store.remove(id);
  }
}
