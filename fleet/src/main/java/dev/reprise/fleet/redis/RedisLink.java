/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import dev.reprise.fleet.RedisAddress;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is sought until it is there, and made again when it is lost. While
 * there is none, commands fail at once: nothing waits for Redis to come back. Lettuce sends what
 * was under way again when it has reconnected, so every command must bear to be carried out twice.
 */
public final class RedisLink implements AutoCloseable {
  private record Connections(
      Client.Link commands, StatefulRedisPubSubConnection<byte[], byte[]> notices) {}

  private final ClientResources resources = LinkOptions.resources();
  private final Client client;
  private final byte[] channel;
  private final Runnable onNotice;
  private final AtomicReference<@Nullable CompletableFuture<?>> seeking = new AtomicReference<>();
  private volatile @Nullable Connections connections;
  private volatile boolean closed;

  /**
   * Begins to look for a connection.
   *
   * @param channel on which notices come
   * @param onNotice is told that there was one, on a thread that must not be kept
   */
  public RedisLink(RedisAddress address, byte[] channel, Runnable onNotice) {
    this.client = Client.of(address, resources);
    this.channel = channel.clone();
    this.onNotice = onNotice;
    seek();
  }

  /** Looks for a connection if there is none that would reconnect; to be called now and then. */
  public void seek() {
    CompletableFuture<?> before = seeking.get();
    if (closed || connections != null || (before != null && !before.isDone())) {
      return;
    }
    CompletableFuture<@Nullable Object> next = new CompletableFuture<>();
    if (seeking.compareAndSet(before, next)) {
      connect().whenComplete((made, _) -> connected(made, next));
    }
  }

  private CompletionStage<Connections> connect() {
    try {
      return client.connect().thenCompose(this::connectNotices);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Connections> connectNotices(Client.Link commands) {
    return client
        .connectPubSub()
        .thenCompose(this::subscribe)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            end(commands.connection());
          }
        })
        .thenApply(notices -> new Connections(commands, notices));
  }

  // Lettuce subscribes again by itself when it has reconnected.
  private CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> subscribe(
      StatefulRedisPubSubConnection<byte[], byte[]> made) {
    made.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(byte[] from, byte[] message) {
            onNotice.run();
          }
        });
    return made.async()
        .subscribe(channel)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            end(made);
          }
        })
        .thenApply(_ -> made);
  }

  private void connected(@Nullable Connections made, CompletableFuture<@Nullable Object> done) {
    connections = made;
    done.complete(null);
    if (made != null && !closed) {
      onNotice.run();
    }
  }

  /**
   * Gives up a connection that is open and says nothing: where packets vanish, TCP takes minutes to
   * notice. The next {@link #seek} makes another one.
   */
  public void giveUp() {
    Connections before = connections;
    if (before != null) {
      connections = null;
      end(before.commands().connection());
      end(before.notices());
    }
  }

  private static void end(StatefulConnection<?, ?> connection) {
    var _ = connection.closeAsync();
  }

  /**
   * What sends commands; null while there has never been a connection, or none since the last one
   * was given up.
   */
  public @Nullable RedisClusterAsyncCommands<byte[], byte[]> commands() {
    Connections now = connections;
    return now == null ? null : now.commands().commands();
  }

  /** Whether a command would be sent now. */
  public boolean isUp() {
    Connections now = connections;
    return now != null && now.commands().connection().isOpen();
  }

  /** Ends all connections; does not wait for it. */
  @Override
  public void close() {
    closed = true;
    CompletableFuture<Void> ended =
        switch (client) {
          case Client.Single single -> single.client().shutdownAsync(0, 1, TimeUnit.SECONDS);
          case Client.Cluster cluster -> cluster.client().shutdownAsync(0, 1, TimeUnit.SECONDS);
        };
    // Threads end after what they have to tell.
    CompletableFuture<Void> _ =
        ended.whenComplete((_, _) -> {
          var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
        });
  }
}
