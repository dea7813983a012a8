/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.Numbering;
import dev.reprise.fleet.redis.RedisLink;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removals that Redis has yet to be told of: at once if it is there, else with each poll until it
 * is. To tell it twice does no harm.
 */
final class Removals {
  static final int MOST_WAITING = 10_000;
  static final int KEPT_IN_LOG = 10_000;

  private static final int SENT_AT_ONCE = 500;
  private static final long ANSWER_SECONDS = 2;

  /** As long as any session may live; then nothing is left of a fleet that is no more. */
  private static final long LOG_LIFETIME_MILLIS = Duration.ofDays(7).toMillis();

  private static final byte[] SCRIPT =
      (Numbering.PLACE
              + """
              for i = 4, #ARGV do
                redis.call('ZADD', KEYS[1], place(), ARGV[i])
              end
              redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[1])
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              redis.call('PEXPIRE', KEYS[2], ARGV[2])
              redis.call('PUBLISH', ARGV[3], '')
              return 1
              """)
          .getBytes(StandardCharsets.US_ASCII);

  private final RedisLink link;
  private final byte[] gone;
  private final byte[] count;
  private final byte[] channel;
  private final SessionPlaces places;
  private final StoreCounters counters;

  /** The hashes of sessions, and whether the session itself may still be in Redis. */
  private final Map<Opaque, Boolean> waiting = new LinkedHashMap<>();

  private final AtomicBoolean sending = new AtomicBoolean();

  Removals(RedisLink link, FleetSettings settings, SessionPlaces places, StoreCounters counters) {
    this.link = link;
    this.gone = settings.key("gone");
    this.count = settings.key("gone-count");
    this.channel = settings.key("changes");
    this.places = places;
    this.counters = counters;
  }

  /**
   * Tells all nodes, now or later.
   *
   * @param maybeInRedis whether the session is to be removed from there as well
   */
  void add(Opaque hash, boolean maybeInRedis) {
    synchronized (waiting) {
      if (waiting.size() == MOST_WAITING && !waiting.containsKey(hash)) {
        waiting.remove(waiting.keySet().iterator().next());
        counters.removalsLost.increment();
      }
      waiting.merge(hash, maybeInRedis, Boolean::logicalOr);
    }
    send();
  }

  /** Whether it is removed, although Redis may not know yet. */
  boolean contains(Opaque hash) {
    synchronized (waiting) {
      return waiting.containsKey(hash);
    }
  }

  int size() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** Sends what waits, some at a time; does not wait for it. */
  void send() {
    RedisClusterAsyncCommands<byte[], byte[]> redis = link.isUp() ? link.commands() : null;
    if (redis == null || !sending.compareAndSet(false, true)) {
      return;
    }
    Map<Opaque, Boolean> batch = batch();
    CompletableFuture<Void> _ =
        tell(redis, batch)
            .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
            .handle((_, failure) -> {
              if (failure == null) {
                told(batch);
              }
              sending.set(false);
              if (failure == null && size() > 0) {
                send();
              }
              return null;
            });
  }

  private Map<Opaque, Boolean> batch() {
    Map<Opaque, Boolean> batch = new LinkedHashMap<>();
    synchronized (waiting) {
      for (Map.Entry<Opaque, Boolean> removal : waiting.entrySet()) {
        if (batch.size() == SENT_AT_ONCE) {
          break;
        }
        batch.put(removal.getKey(), removal.getValue());
      }
    }
    return batch;
  }

  private void told(Map<Opaque, Boolean> batch) {
    synchronized (waiting) {
      batch.forEach(waiting::remove);
    }
  }

  private CompletableFuture<?> tell(
      RedisClusterAsyncCommands<byte[], byte[]> redis, Map<Opaque, Boolean> batch) {
    if (batch.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<?>> answers = new ArrayList<>();
    try {
      batch.forEach((hash, maybeInRedis) -> {
        if (maybeInRedis) {
          answers.add(redis.del(places.key(hash)).toCompletableFuture());
        }
      });
      answers.add(
          redis
              .eval(
                  SCRIPT,
                  ScriptOutputType.INTEGER,
                  new byte[][] {gone, count},
                  arguments(batch.keySet()))
              .toCompletableFuture());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
  }

  private byte[][] arguments(Iterable<Opaque> hashes) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(text(KEPT_IN_LOG));
    arguments.add(text(LOG_LIFETIME_MILLIS));
    arguments.add(channel);
    hashes.forEach(hash -> arguments.add(hash.toArray()));
    return arguments.toArray(byte[][]::new);
  }

  private static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
