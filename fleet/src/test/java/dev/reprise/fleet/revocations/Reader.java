/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Lineage;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.redis.RedisLink;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.FakeClock;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.redis.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A node that reads the list of revocations when a test says so. */
final class Reader implements AutoCloseable {
  static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SPAN = Duration.ofHours(24);

  final FakeClock clock = FakeClock.create();
  final RevocationRegister register = new RevocationRegister(SPAN, 10_000, clock);
  final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

  /** How often this node was told that something was revoked. */
  final AtomicInteger revocations = new AtomicInteger();

  final SharedRevocations shared;
  final RevokedSessions revoked;
  private final RedisLink link;
  private List<FleetKey> keys = List.of(key(1));

  Reader(RealRedis redis) {
    FleetSettings settings = settings(redis);
    shared =
        new SharedRevocations(
            settings, clock, nanoTime::get, () -> {}, revocations::incrementAndGet);
    revoked = shared.share(register);
    link = new RedisLink(settings.address(), settings.key("changes"), () -> {});
  }

  private static FleetSettings settings(RealRedis redis) {
    try {
      return FleetSettings.of(RedisAddress.parse(redis.url()), "node");
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
  }

  /** Other fleet keys, by the seeds that they are made of. */
  void keys(int... seeds) {
    keys = java.util.Arrays.stream(seeds).mapToObj(Reader::key).toList();
    shared.fleetKeysChanged();
  }

  private static FleetKey key(long seed) {
    return new FleetKey(secret(2 * seed), secret(2 * seed + 1));
  }

  private static Secret secret(long seed) {
    byte[] bytes = new byte[FleetKey.LENGTH];
    SeededRandom.of(seed).nextBytes(bytes);
    return Secret.takeOver(bytes);
  }

  void poll() throws RedisAwayException {
    Await.until(
        "there is a connection",
        () -> {
          link.seek();
          return link.isUp();
        });
    shared.poll(Objects.requireNonNull(link.commands()), keys, PERIOD, PATIENCE);
  }

  /** Revokes a session here, by a number. */
  void revoke(int session) {
    register.revokeSession(lineage(session));
  }

  boolean refuses(int session) {
    return register.contains(lineage(session), List.of());
  }

  private static Lineage lineage(int session) {
    return new Lineage(FakeClock.create().millis(), session);
  }

  @Override
  public void close() {
    link.close();
  }
}
