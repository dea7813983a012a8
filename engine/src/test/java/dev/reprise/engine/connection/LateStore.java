/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.connection;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store far away: each of its answers has to be waited for, and is there once somebody does. */
record LateStore(SessionStore store) implements SessionStore {
  private static final class Late<T> extends CompletableFuture<T> {
    private static <T> Late<T> answer(CompletionStage<T> stage) {
      Late<T> late = new Late<>();
      boolean _ = late.complete(stage.toCompletableFuture().join());
      return late;
    }

    @Override
    public boolean isDone() {
      return false;
    }
  }

  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    return Late.answer(store.put(id, session, lifetime));
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return Late.answer(store.get(id, version, scope));
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return Late.answer(store.take(id, version, scope));
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    return Late.answer(store.remove(id));
  }
}
