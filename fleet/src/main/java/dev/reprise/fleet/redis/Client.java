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
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.concurrent.CompletionStage;

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
      return client.connectAsync(ByteArrayCodec.INSTANCE).thenApply(Cluster::link);
    }

    private static Link link(StatefulRedisClusterConnection<byte[], byte[]> made) {
      return new Link(made, made.async());
    }

    @Override
    public CompletionStage<? extends StatefulRedisPubSubConnection<byte[], byte[]>>
        connectPubSub() {
      return client.connectPubSubAsync(ByteArrayCodec.INSTANCE);
    }
  }
}
