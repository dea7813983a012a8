/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.Pending;
import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.wire.Opaque;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Turns what a session store answers into what a handshake waits for. A store that fails or is late
 * is a miss, never a failed handshake.
 */
final class StoreAnswers {
  /** Stores keep their own, shorter deadlines; this one guards against a store that does not. */
  private static final long PATIENCE_MILLIS = 250;

  private StoreAnswers() {}

  /** What a look-up answers; a session that comes too late is wiped. */
  static Pending<Lookup> lookUp(Supplier<CompletionStage<Lookup>> call) {
    return pending(call, new Lookup.Unavailable(), StoreAnswers::wipe);
  }

  /** Whether it was stored. */
  static Pending<Boolean> put(Supplier<CompletionStage<Boolean>> call) {
    return pending(call, false, _ -> {});
  }

  /** Wipes what is never resumed again, whenever the store comes to it. */
  static void forget(SessionStore store, Opaque id) {
    try {
      CompletionStage<Boolean> _ = store.remove(id);
    } catch (RuntimeException _) {
      // It expires, and is refused until then.
    }
  }

  private static <T> Pending<T> pending(
      Supplier<CompletionStage<T>> call, T otherwise, Consumer<T> late) {
    CompletableFuture<T> future;
    try {
      future = call.get().toCompletableFuture();
    } catch (RuntimeException _) {
      return Pending.ready(otherwise);
    }
    return future.isDone()
        ? Pending.ready(now(future, otherwise))
        : Pending.work(() -> await(future, otherwise, late));
  }

  private static <T> T now(CompletableFuture<T> future, T otherwise) {
    try {
      return Objects.requireNonNullElse(future.join(), otherwise);
    } catch (CompletionException | CancellationException _) {
      return otherwise;
    }
  }

  private static <T> T await(CompletableFuture<T> future, T otherwise, Consumer<T> late) {
    try {
      return Objects.requireNonNullElse(
          future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), otherwise);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (TimeoutException _) {
      CompletableFuture<Void> _ = future.thenAccept(late);
      return otherwise;
    } catch (ExecutionException | CancellationException _) {
      return otherwise;
    }
  }

  private static void wipe(Lookup late) {
    if (late instanceof Lookup.Found(Session session)) {
      session.close();
    }
  }
}
