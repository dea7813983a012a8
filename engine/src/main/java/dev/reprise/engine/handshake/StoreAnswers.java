/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.handshake;

import dev.reprise.engine.config.Pending;
import dev.reprise.engine.resumption.Lookup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns what a session store answers into what a handshake waits for. A store that fails or is late
 * is a miss, never a failed handshake.
 */
final class StoreAnswers {
  /** Stores keep their own, shorter deadlines; this one guards against a store that does not. */
  private static final long PATIENCE_MILLIS = 1_000;

  private StoreAnswers() {}

  static Pending<Lookup> pending(CompletionStage<Lookup> answer) {
    return pending(answer, new Lookup.Unavailable());
  }

  /** {@code otherwise} stands for a failure and for an answer that is late. */
  static <T> Pending<T> pending(CompletionStage<T> answer, T otherwise) {
    CompletableFuture<T> future = answer.toCompletableFuture();
    return future.isDone()
        ? Pending.ready(now(future, otherwise))
        : Pending.work(() -> await(future, otherwise));
  }

  private static <T> T now(CompletableFuture<T> future, T otherwise) {
    try {
      return future.join();
    } catch (CompletionException | java.util.concurrent.CancellationException _) {
      return otherwise;
    }
  }

  private static <T> T await(CompletableFuture<T> future, T otherwise) {
    try {
      return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (ExecutionException | TimeoutException | java.util.concurrent.CancellationException _) {
      return otherwise;
    }
  }
}
