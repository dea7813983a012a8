/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.fleet.SessionStoreCounts;
import dev.reprise.fleet.redis.RedisLink;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis on behalf of handshakes: an answer comes by the deadline or not at all. The stages
 * never complete exceptionally, and are complete at once if there is no use in asking.
 */
final class StoreCalls {
  /** Sends one command. */
  @FunctionalInterface
  interface Command<A extends @Nullable Object> {
    RedisFuture<A> send(RedisClusterAsyncCommands<byte[], byte[]> redis);
  }

  private final RedisLink link;
  private final long deadlineNanos;
  private final StoreCounters counters;
  private final SlowGuard guard = new SlowGuard();

  StoreCalls(RedisLink link, Duration deadline, StoreCounters counters) {
    this.link = link;
    this.deadlineNanos = deadline.toNanos();
    this.counters = counters;
  }

  /**
   * What {@code reading} makes of Redis's answer, on a thread of the connection.
   *
   * @param otherwise if there is no answer, or none in time; a late one is never read
   */
  <A extends @Nullable Object, T> CompletionStage<T> call(
      Command<A> command, Function<A, T> reading, T otherwise) {
    counters.calls.increment();
    RedisClusterAsyncCommands<byte[], byte[]> redis = link.isUp() ? link.commands() : null;
    if (redis == null) {
      counters.unreachable.increment();
      return CompletableFuture.completedFuture(otherwise);
    }
    if (!guard.admits()) {
      counters.rejected.increment();
      return CompletableFuture.completedFuture(otherwise);
    }
    return send(redis, command, reading, otherwise);
  }

  private <A extends @Nullable Object, T> CompletionStage<T> send(
      RedisClusterAsyncCommands<byte[], byte[]> redis,
      Command<A> command,
      Function<A, T> reading,
      T otherwise) {
    long start = System.nanoTime();
    RedisFuture<A> sent;
    try {
      sent = command.send(redis);
    } catch (RuntimeException e) {
      failed(e, System.nanoTime() - start);
      return CompletableFuture.completedFuture(otherwise);
    }
    // A stage of its own: Lettuce's must not end by our deadline, or nobody could cancel it.
    return sent.toCompletableFuture()
        .copy()
        .orTimeout(deadlineNanos, TimeUnit.NANOSECONDS)
        .handle((answer, failure) -> {
          long nanos = System.nanoTime() - start;
          if (failure == null) {
            answered(nanos);
            return reading.apply(answer);
          }
          // Else it would be sent when Redis is back, for nobody.
          sent.cancel(true);
          failed(failure, nanos);
          return otherwise;
        });
  }

  private void answered(long nanos) {
    guard.inTime(nanos);
    counters.answered.increment();
    counters.answerNanos.add(nanos);
  }

  private void failed(Throwable failure, long nanos) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    switch (cause) {
      case TimeoutException late -> {
        guard.late(nanos, late);
        counters.late.increment();
      }
      case RedisCommandExecutionException error -> {
        answered(nanos);
        refused(String.valueOf(error.getMessage()));
      }
      default -> {
        guard.neither();
        counters.unreachable.increment();
      }
    }
  }

  private void refused(String error) {
    if (error.startsWith("OOM")) {
      counters.storeFull.increment();
    } else if (error.startsWith("WRONGTYPE")) {
      counters.notAuthentic.increment();
    } else {
      counters.refused.increment();
    }
  }

  SessionStoreCounts.Breaker breaker() {
    return guard.state();
  }
}
