/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import dev.reprise.fleet.RedisAddress;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Lettuce for a server or a set of sentinels, and for a cluster: they have no common face. */
sealed interface Client {
  /** A connection, with what sends commands over it. */
  record Link(
      StatefulConnection<byte[], byte[]> connection,
      RedisClusterAsyncCommands<byte[], byte[]> commands) {}

  CompletionStage<Link> connect();

  CompletionStage<? extends StatefulRedisPubSubConnection<byte[], byte[]>> connectPubSub();

  static Client of(RedisAddress address, ClientResources resources) {
    if (address.isCluster()) {
      RedisClusterClient cluster = RedisClusterClient.create(resources, address.uris());
      cluster.setOptions(LinkOptions.cluster());
      return new Cluster(cluster);
    }
    RedisURI uri = address.uris().getFirst();
    RedisClient single = RedisClient.create(resources, uri);
    single.setOptions(LinkOptions.single());
    return new Single(single, uri);
  }

  /** A server, or the master that sentinels name. */
  record Single(RedisClient client, RedisURI uri) implements Client {
    @Override
    public CompletionStage<Link> connect() {
      return client.connectAsync(ByteArrayCodec.INSTANCE, uri).thenApply(Single::link);
    }

    private static Link link(StatefulRedisConnection<byte[], byte[]> made) {
      return new Link(made, made.async());
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> connectPubSub() {
      return client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri);
    }
  }

  /** Redis Cluster. */
  record Cluster(RedisClusterClient client) implements Client {
    @Override
    public CompletionStage<Link> connect() {
      return toKnownNodes(() -> client.connectAsync(ByteArrayCodec.INSTANCE))
          .thenCompose(Cluster::toEachMaster)
          .thenApply(Cluster::link);
    }

    // Else the first command to each would be refused, since it would have to wait.
    private static CompletionStage<StatefulRedisClusterConnection<byte[], byte[]>> toEachMaster(
        StatefulRedisClusterConnection<byte[], byte[]> made) {
      return CompletableFuture.allOf(
              made.getPartitions().stream()
                  .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM))
                  .map(RedisClusterNode::getUri)
                  .map(uri -> made.getConnectionAsync(uri.getHost(), uri.getPort()))
                  .toArray(CompletableFuture[]::new))
          .handle((_, _) -> made);
    }

    private static Link link(StatefulRedisClusterConnection<byte[], byte[]> made) {
      return new Link(made, made.async());
    }

    @Override
    public CompletionStage<? extends StatefulRedisPubSubConnection<byte[], byte[]>>
        connectPubSub() {
      return toKnownNodes(() -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE));
    }

    // Lettuce connects to a cluster whose nodes it knows, and asks for them only if it is told to.
    private <T> CompletionStage<T> toKnownNodes(Supplier<CompletionStage<T>> connect) {
      return client.refreshPartitionsAsync().thenCompose(_ -> connect.get());
    }
  }
}
