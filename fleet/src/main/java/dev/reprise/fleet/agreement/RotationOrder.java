/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetNode;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.Answers;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.redis.RedisTime;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;

/** {@code keys rotate --now}: the next generation of keys. */
public final class RotationOrder {
  private final FleetSettings settings;
  private final FleetRedis redis;
  private final RedisClusterAsyncCommands<byte[], byte[]> commands;
  private final Answers answers;

  /**
   * @param fleetKeys the one that the fleet is to go by from now on first
   */
  public RotationOrder(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      FleetSettings settings,
      List<FleetKey> fleetKeys,
      Duration patience) {
    this.settings = settings;
    this.commands = commands;
    this.answers = new Answers(patience);
    this.redis = new FleetRedis(commands, settings, fleetKeys, patience);
  }

  /**
   * Gives the order. What nodes go by is written under the first fleet key: who has not got it yet
   * does not take the new keys.
   *
   * @return the generation's number
   * @throws FleetException if no fleet of this name and key is there
   */
  public long give() throws RedisAwayException, FleetException {
    FleetView view = redis.read();
    FleetTimes times = view.times();
    if (times == null) {
      throw new FleetException(
          view.hasTimes()
              ? "The fleet "
                  + settings.name()
                  + " has another fleet key; if it was replaced, put the former one on the"
                  + " second line of the file"
              : "There is no fleet "
                  + settings.name()
                  + " in Redis; check --store and --fleet-name");
    }
    long now = RedisTime.of(commands, answers);
    long before = view.generation() == null ? 0 : view.generation().number();
    Generation next = new Generation(Math.max(before + 1, now), now);
    redis.writeTimes(times, false);
    redis.writeGeneration(next);
    redis.tell();
    return next.number();
  }

  /** The nodes that live. */
  public List<FleetNode> nodes() throws RedisAwayException {
    long now = RedisTime.of(commands, answers);
    FleetView view = redis.read();
    FleetTimes times = view.times();
    Duration pollEvery = times == null ? settings.pollEvery() : times.pollEvery();
    long dead = StekAgreement.POLLS_UNTIL_DEAD * pollEvery.toMillis();
    return view.beats().entrySet().stream()
        .filter(entry -> now - entry.getValue().atMillis() < dead)
        .map(entry -> entry.getValue().node(entry.getKey(), now))
        .toList();
  }
}
