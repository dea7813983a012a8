/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Redis or Valkey is, as one URL. It may hold a password, so it is never shown whole.
 *
 * <ul>
 *   <li>{@code redis://[user:password@]host[:port][/database]}
 *   <li>{@code rediss://…}: the same over TLS
 *   <li>{@code redis-sentinel://[password@]host[:port],host[:port]…/[database]#master}
 *   <li>{@code redis-cluster://[user:password@]host[:port],host[:port]…}, {@code
 *       rediss-cluster://…}
 * </ul>
 */
public final class RedisAddress {
  private static final Pattern CLUSTER = Pattern.compile("(rediss?)-cluster://(.*@)?([^/?#]+)(.*)");

  private final List<RedisURI> uris;
  private final boolean cluster;

  private RedisAddress(List<RedisURI> uris, boolean cluster) {
    this.uris = List.copyOf(uris);
    this.cluster = cluster;
  }

  /**
   * Reads a URL.
   *
   * @throws FleetException if it cannot be used, in a sentence that does not repeat its password
   */
  public static RedisAddress parse(String url) throws FleetException {
    try {
      var cluster = CLUSTER.matcher(url);
      return cluster.matches()
          ? new RedisAddress(seeds(cluster), true)
          : new RedisAddress(List.of(uri(url)), false);
    } catch (IllegalArgumentException e) {
      throw new FleetException(
          "is no URL of Redis; write redis://HOST:PORT, rediss:// for TLS, redis-sentinel:// or"
              + " redis-cluster://",
          e);
    }
  }

  private static List<RedisURI> seeds(java.util.regex.MatchResult parts) {
    String user = parts.group(2) == null ? "" : parts.group(2);
    List<RedisURI> seeds = new ArrayList<>();
    for (String host : parts.group(3).split(",", -1)) {
      seeds.add(uri(parts.group(1) + "://" + user + host + parts.group(4)));
    }
    return seeds;
  }

  private static RedisURI uri(String url) {
    if (!url.startsWith("redis")) {
      throw new IllegalArgumentException("Not a scheme of Redis");
    }
    RedisURI uri = RedisURI.create(url);
    // Commands have deadlines of their own; this one bounds the making of a connection.
    uri.setTimeout(Duration.ofSeconds(2));
    return uri;
  }

  /** One for a server or a set of sentinels; several where a cluster is asked. */
  public List<RedisURI> uris() {
    return uris;
  }

  /** Whether it is a Redis Cluster. */
  public boolean isCluster() {
    return cluster;
  }

  /** Without user and password. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(cluster ? "redis-cluster://" : "");
    for (int i = 0; i < uris.size(); i++) {
      RedisURI uri = uris.get(i);
      shown.append(i == 0 ? "" : ",").append(cluster ? hostAndPort(uri) : shown(uri));
    }
    return shown.toString();
  }

  private static String shown(RedisURI uri) {
    if (!uri.getSentinels().isEmpty()) {
      return "redis-sentinel://"
          + uri.getSentinels().size()
          + " sentinels#"
          + uri.getSentinelMasterId();
    }
    if (uri.getSocket() != null) {
      return "redis-socket://" + uri.getSocket();
    }
    return (uri.isSsl() ? "rediss://" : "redis://") + hostAndPort(uri);
  }

  private static String hostAndPort(RedisURI uri) {
    return uri.getHost() + ":" + uri.getPort();
  }
}
