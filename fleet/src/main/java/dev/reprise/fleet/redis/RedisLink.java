/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import dev.reprise.fleet.RedisAddress;
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
  private final ClientResources resources = LinkOptions.resources();
  private final Client client;
  private final byte[] channel;
  private final Runnable onNotice;
  private final AtomicReference<@Nullable CompletableFuture<?>> seeking = new AtomicReference<>();
  private volatile Client.@Nullable Link link;
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

  /** Looks for a connection if there has never been one; to be called now and then. */
  public void seek() {
    CompletableFuture<?> before = seeking.get();
    if (closed || link != null || (before != null && !before.isDone())) {
      return;
    }
    CompletableFuture<@Nullable Object> next = new CompletableFuture<>();
    if (seeking.compareAndSet(before, next)) {
      connect().whenComplete((made, _) -> connected(made, next));
    }
  }

  private CompletionStage<Client.Link> connect() {
    try {
      return client
          .connect()
          .thenCombine(client.connectPubSub().thenCompose(this::subscribe), (made, _) -> made);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  // Lettuce subscribes again by itself when it has reconnected.
  private CompletionStage<Void> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> made) {
    made.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(byte[] from, byte[] message) {
            onNotice.run();
          }
        });
    return made.async().subscribe(channel);
  }

  private void connected(Client.@Nullable Link made, CompletableFuture<@Nullable Object> done) {
    link = made;
    done.complete(null);
    if (made != null && !closed) {
      onNotice.run();
    }
  }

  /** What sends commands; null while there has never been a connection. */
  public @Nullable RedisClusterAsyncCommands<byte[], byte[]> commands() {
    Client.Link now = link;
    return now == null ? null : now.commands();
  }

  /** Whether a command would be sent now. */
  public boolean isUp() {
    Client.Link now = link;
    return now != null && now.connection().isOpen();
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
