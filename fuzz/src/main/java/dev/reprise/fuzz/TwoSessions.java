/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fuzz;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that has one session of each version, in whatever scope, and takes no other. */
record TwoSessions() implements SessionStore {
  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    return CompletableFuture.completedFuture(true);
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return CompletableFuture.completedFuture(
        id.equals(FuzzedSessions.id(version))
            ? new Lookup.Found(FuzzedSessions.session(version, scope))
            : new Lookup.NotInStore());
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return get(id, version, scope);
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    return CompletableFuture.completedFuture(true);
  }
}
