/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.cli.local;

import dev.reprise.gateway.TlsProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a fleet have in common.
 *
 * @param redis null: the provider shares nothing
 * @param delay on the way to Redis; null: there is none
 */
record Surroundings(Workplace workplace, @Nullable LocalRedis redis, @Nullable DelayedStore delay)
    implements AutoCloseable {
  static Surroundings prepare(FleetPlan plan) throws IOException {
    Workplace workplace = Workplace.make(new SecureRandom());
    if (plan.provider() != TlsProvider.REPRISE) {
      return new Surroundings(workplace, null, null);
    }
    try {
      LocalRedis redis = LocalRedis.start(workplace.directory());
      try {
        return new Surroundings(
            workplace,
            redis,
            plan.storeDelay().isZero()
                ? null
                : new DelayedStore(redis.address(), plan.storeDelay()));
      } catch (IOException e) {
        redis.close();
        throw e;
      }
    } catch (IOException e) {
      workplace.close();
      throw e;
    }
  }

  /** Where nodes find Redis; null: there is none. */
  @Nullable String storeUrl() {
    if (redis == null) {
      return null;
    }
    InetSocketAddress address = delay == null ? redis.address() : delay.address();
    return "redis://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** What makes a gateway a node of this fleet. */
  List<String> flags() {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--cert", workplace.certificate().toString(), "--key", workplace.key().toString()));
    String url = storeUrl();
    if (url != null) {
      flags.addAll(List.of("--store", url, "--fleet-key", workplace.fleetKey().toString()));
    }
    return flags;
  }

  @Override
  public void close() {
    if (delay != null) {
      delay.close();
    }
    if (redis != null) {
      redis.close();
    }
    workplace.close();
  }
}
