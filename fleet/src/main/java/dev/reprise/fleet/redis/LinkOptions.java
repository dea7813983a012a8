/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How Lettuce is set up: to fail at once while Redis is away, and to be back soon after it is. */
final class LinkOptions {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

  /** Lettuce's own delay grows to 30 s, for which sessions would be lost after Redis is back. */
  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

  private static final Duration FIRST_RECONNECT_DELAY = Duration.ofMillis(20);

  /** More are refused: a Redis that does not answer must not fill our memory. */
  private static final int MOST_COMMANDS_UNDER_WAY = 20_000;

  private static final int THREADS = 2;

  private LinkOptions() {}

  static ClientResources resources() {
    return DefaultClientResources.builder()
        .ioThreadPoolSize(THREADS)
        .computationThreadPoolSize(THREADS)
        .reconnectDelay(
            Delay.exponential(
                FIRST_RECONNECT_DELAY, LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
        .build();
  }

  static ClientOptions single() {
    return ClientOptions.builder()
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MOST_COMMANDS_UNDER_WAY)
        .socketOptions(sockets())
        .build();
  }

  static ClusterClientOptions cluster() {
    return ClusterClientOptions.builder(single())
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .adaptiveRefreshTriggersTimeout(CONNECT_WITHIN)
                .enablePeriodicRefresh(Duration.ofSeconds(30))
                .build())
        .build();
  }

  private static SocketOptions sockets() {
    return SocketOptions.builder()
        .connectTimeout(CONNECT_WITHIN)
        .keepAlive(
            KeepAliveOptions.builder()
                .enable()
                .idle(Duration.ofSeconds(5))
                .interval(Duration.ofSeconds(1))
                .count(3)
                .build())
        .build();
  }
}
