/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What time it is for Redis: the one clock that all nodes can ask. */
public final class RedisTime {
  private RedisTime() {}

  /** In milliseconds since 1970. */
  public static long of(RedisClusterAsyncCommands<byte[], byte[]> commands, Answers answers)
      throws RedisAwayException {
    List<byte[]> time = answers.await(commands::time);
    return 1000 * number(time.getFirst()) + number(time.getLast()) / 1000;
  }

  private static long number(byte[] digits) {
    return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
  }
}
