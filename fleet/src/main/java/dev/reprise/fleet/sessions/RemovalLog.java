/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.RedisLink;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
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
  private final byte[] count;
  private final AtomicBoolean polling = new AtomicBoolean();
  private volatile long seen;

  RemovalLog(RedisLink link, FleetSettings settings) {
    this.link = link;
    this.gone = settings.key("gone");
    this.count = settings.key("gone-count");
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

  // The list after its count, and its first after the list: what is added meanwhile is read again
  // next time, and what is cut off meanwhile counts as missed.
  private CompletableFuture<Void> ask(
      RedisClusterAsyncCommands<byte[], byte[]> redis, Consumer<Opaque> onGone, Runnable onMissed) {
    long before = seen;
    Range<Long> since = Range.from(Boundary.excluding(before), Boundary.unbounded());
    var counted = redis.get(count).toCompletableFuture();
    var news = redis.zrangebyscoreWithScores(gone, since).toCompletableFuture();
    var first = redis.zrangeWithScores(gone, 0, 0).toCompletableFuture();
    return CompletableFuture.allOf(counted, news, first)
        .thenRun(() -> {
          long now = number(counted.join());
          if (now < before || lowest(first.join()) > before + 1) {
            onMissed.run();
          }
          seen = Math.max(now, read(news.join(), onGone));
        });
  }

  private static long read(List<ScoredValue<byte[]>> news, Consumer<Opaque> onGone) {
    long highest = 0;
    for (ScoredValue<byte[]> removal : news) {
      highest = Math.max(highest, (long) removal.getScore());
      if (removal.getValue().length == SessionPlaces.HASH_LENGTH) {
        onGone.accept(Opaque.takeOver(removal.getValue()));
      }
    }
    return highest;
  }

  private static long lowest(List<ScoredValue<byte[]>> first) {
    return first.isEmpty() ? 0 : (long) first.getFirst().getScore();
  }

  /** What somebody else has written there counts as nothing. */
  private static long number(byte @Nullable [] text) {
    try {
      return text == null ? 0 : Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
