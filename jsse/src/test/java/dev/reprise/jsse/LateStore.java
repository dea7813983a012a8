/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers from another thread, and is waited for however soon it does. */
record LateStore(SessionStore other) implements SessionStore {
  private static final class Late<T> extends CompletableFuture<T> {
    @Override
    public boolean isDone() {
      return false;
    }
  }

  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    Session copy = session.copy();
    return later(() -> other.put(id, copy, lifetime));
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return later(() -> other.get(id, version, scope));
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return later(() -> other.take(id, version, scope));
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    return other.remove(id);
  }

  private static <T> CompletionStage<T> later(
      java.util.function.Supplier<CompletionStage<T>> call) {
    Late<T> result = new Late<>();
    Thread.startVirtualThread(() -> call.get().thenAccept(result::complete));
    return result;
  }
}
