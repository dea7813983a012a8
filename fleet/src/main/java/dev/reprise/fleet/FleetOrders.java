/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.fleet.agreement.RotationOrder;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.redis.RedisLink;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;

/**
 * Orders to a whole fleet, from outside of it: for whoever has the fleet key and reaches Redis, and
 * no ticket key.
 */
public final class FleetOrders implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final FleetSettings settings;
  private final FleetKeyFile keyFile;
  private final RedisLink link;

  /**
   * @param settings of which the address and the name count
   * @param keyFile the fleet key: where it was replaced because the old one may be known, the new
   *     one first and the old one second; closed with this
   */
  public FleetOrders(FleetSettings settings, FleetKeyFile keyFile) {
    this.settings = settings;
    this.keyFile = keyFile;
    this.link = new RedisLink(settings.address(), settings.key("orders"), () -> {});
  }

  /**
   * Has every node refuse and erase the ticket keys that it has, and the fleet make new ones, under
   * the first of the fleet keys.
   *
   * @return which generation of keys comes now, for {@link #nodes}
   * @throws FleetException if Redis does not answer, or there is no such fleet under this key
   */
  public long rotateNow() throws FleetException {
    try {
      return new RotationOrder(commands(), settings, keyFile.keys(), PATIENCE).give();
    } catch (RedisAwayException e) {
      throw away(e);
    }
  }

  /**
   * The nodes that live, with the generation of keys that each has.
   *
   * @throws FleetException if Redis does not answer
   */
  public List<FleetNode> nodes() throws FleetException {
    try {
      return new RotationOrder(commands(), settings, keyFile.keys(), PATIENCE).nodes();
    } catch (RedisAwayException e) {
      throw away(e);
    }
  }

  private RedisClusterAsyncCommands<byte[], byte[]> commands() throws RedisAwayException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    RedisClusterAsyncCommands<byte[], byte[]> commands = link.commands();
    while (commands == null && System.nanoTime() < until && !Thread.interrupted()) {
      link.seek();
      java.util.concurrent.locks.LockSupport.parkNanos(LOOK_EVERY_MILLIS * 1_000_000);
      commands = link.commands();
    }
    if (commands == null) {
      throw new RedisAwayException("no connection in " + PATIENCE.toSeconds() + " s");
    }
    return commands;
  }

  private FleetException away(RedisAwayException e) {
    return new FleetException(
        "Redis at "
            + settings.address()
            + " does not answer ("
            + e.getMessage()
            + "); check --store",
        e);
  }

  @Override
  public void close() {
    link.close();
    keyFile.close();
  }
}
