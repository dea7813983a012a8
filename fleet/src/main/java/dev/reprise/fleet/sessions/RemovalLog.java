/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.redis.RedisLink;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells all nodes which sessions are gone, for their near copies: a list in Redis of the hashes of
 * the last 10,000, each with its number. A node reads what is new since it has read last.
 */
final class RemovalLog {
  private static final long POLL_SECONDS = 2;

  private final RedisLink link;
  private final byte[] gone;
  private final AtomicBoolean polling = new AtomicBoolean();

  /** The removal that was read last; its number alone would not tell one list from the next. */
  private volatile @Nullable ScoredValue<byte[]> last;

  RemovalLog(RedisLink link, FleetSettings settings) {
    this.link = link;
    this.gone = settings.key("gone");
  }

  /**
   * Reads what is new; ends within 2 s and never exceptionally.
   *
   * @param onGone is given the hash of each session that is gone
   * @param onMissed is run if there may be others that it was not given
   */
  CompletionStage<Void> poll(Consumer<Opaque> onGone, Runnable onMissed) {
    RedisClusterAsyncCommands<byte[], byte[]> redis = link.isUp() ? link.commands() : null;
    if (redis == null || !polling.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> read;
    try {
      read = ask(redis, onGone, onMissed);
    } catch (RuntimeException e) {
      read = CompletableFuture.failedFuture(e);
    }
    return read.orTimeout(POLL_SECONDS, TimeUnit.SECONDS)
        .handle((_, _) -> {
          polling.set(false);
          return null;
        });
  }

  private CompletableFuture<Void> ask(
      RedisClusterAsyncCommands<byte[], byte[]> redis, Consumer<Opaque> onGone, Runnable onMissed) {
    ScoredValue<byte[]> before = last;
    Range<Double> since =
        Range.from(
            before == null ? Boundary.unbounded() : Boundary.including(before.getScore()),
            Boundary.unbounded());
    return redis
        .zrangebyscoreWithScores(gone, since)
        .toCompletableFuture()
        .exceptionallyCompose(failure -> takeOutGarbage(redis, failure))
        .thenAccept(news -> {
          if (mayHaveMissed(before, news)) {
            onMissed.run();
            last = null;
          }
          news.forEach(removal -> read(removal, onGone));
        });
  }

  private CompletionStage<List<ScoredValue<byte[]>>> takeOutGarbage(
      RedisClusterAsyncCommands<byte[], byte[]> redis, Throwable failure) {
    return failure instanceof RedisCommandExecutionException error
            && RedisAwayException.isWrongType(error)
        ? redis.del(gone).thenApply(_ -> List.of())
        : CompletableFuture.failedFuture(failure);
  }

  /**
   * Whether there were others: where the last one is not there any more, what came after it may be
   * gone too, with it or by a Redis that begins anew.
   */
  private static boolean mayHaveMissed(
      @Nullable ScoredValue<byte[]> before, List<ScoredValue<byte[]>> news) {
    if (before == null) {
      return !news.isEmpty() && news.getFirst().getScore() > 1;
    }
    // One that was told twice has moved to its later number.
    return news.stream().noneMatch(each -> Arrays.equals(each.getValue(), before.getValue()));
  }

  private void read(ScoredValue<byte[]> removal, Consumer<Opaque> onGone) {
    if (removal.getValue().length == SessionPlaces.HASH_LENGTH) {
      onGone.accept(Opaque.takeOver(removal.getValue()));
      last = removal;
    }
  }
}
