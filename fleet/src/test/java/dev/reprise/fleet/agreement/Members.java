/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetException;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.RedisAddress;
import dev.reprise.fleet.redis.RedisAwayException;
import dev.reprise.fleet.redis.RedisLink;
import dev.reprise.testkit.Await;
import dev.reprise.testkit.SeededRandom;
import dev.reprise.testkit.redis.RealRedis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes over a real Redis that poll when a test says so, at a time that it says. */
final class Members implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RealRedis redis = RealRedis.start();
  private final FleetSettings settings;
  private final List<FleetKey> fleetKeys = List.of(new FleetKey(secret(100), secret(101)));
  private final FleetKey nextKey = new FleetKey(secret(102), secret(103));
  private final List<Member> members = new ArrayList<>();
  private final RedisLink link;
  private long now = 1_800_000_000_000L;

  /** A node, and what it saw last. */
  final class Member {
    private final StekAgreement agreement;
    private final List<String> heard = new ArrayList<>();
    private Map<Opaque, Beat> lastSeen = Map.of();
    private List<FleetKey> keys = fleetKeys;

    Member(FleetSettings settings, String name, Duration ahead) {
      byte[] id = new byte[Records.ID_LENGTH];
      SeededRandom.of(name.hashCode()).nextBytes(id);
      agreement =
          new StekAgreement(
              settings,
              Opaque.takeOver(id),
              () -> Instant.ofEpochMilli(now).plus(ahead),
              SeededRandom.of(name.hashCode() + 1L),
              event -> heard.add(event.sentence()));
    }

    /** Takes up other fleet keys. */
    void changeKeys(List<FleetKey> changed) {
      keys = changed;
      agreement.fleetKeysChanged();
    }

    StekAgreement agreement() {
      return agreement;
    }

    Map<Opaque, Beat> lastSeen() {
      return lastSeen;
    }

    boolean heard(String part) {
      return heard.stream().anyMatch(each -> each.contains(part));
    }

    Set<Opaque> names() {
      return agreement.source().ring().keys().stream().map(Stek::name).collect(Collectors.toSet());
    }

    Secret secret(Opaque name) {
      return agreement.source().ring().keys().stream()
          .filter(key -> key.name().equals(name))
          .findFirst()
          .orElseThrow()
          .secret();
    }

    /** The key that seals, by its name, or empty. */
    String sealing() {
      Stek key = agreement.source().ring().issuing(now);
      return key == null ? "" : key.keyName();
    }

    Opaque sealingName() {
      return Objects.requireNonNull(agreement.source().ring().issuing(now)).name();
    }
  }

  Members(Duration period) {
    try {
      settings =
          FleetSettings.of(RedisAddress.parse(redis.url()), "node").withTimes(period, period);
    } catch (FleetException e) {
      throw new AssertionError(e);
    }
    link = new RedisLink(settings.address(), settings.key("changes"), () -> {});
    Await.until(
        "there is a connection",
        () -> {
          link.seek();
          return link.isUp();
        });
  }

  RealRedis redis() {
    return redis;
  }

  long now() {
    return now;
  }

  void pass(Duration time) {
    now += time.toMillis();
  }

  Member join(String name, Duration ahead) {
    return join(settings, name, ahead);
  }

  /** One that was given another period than the others. */
  Member join(String name, Duration ahead, Duration period) {
    return join(settings.withTimes(period, period), name, ahead);
  }

  private Member join(FleetSettings given, String name, Duration ahead) {
    Member member = new Member(given, name, ahead);
    members.add(member);
    return member;
  }

  /** So many polls of each, one after the other, and the time between polls after each round. */
  void poll(int times, Member... which) throws RedisAwayException {
    for (int i = 0; i < times; i++) {
      for (Member member : which) {
        member.lastSeen = member.agreement.poll(commands(), member.keys, PATIENCE);
      }
      pass(settings.pollEvery());
    }
  }

  /** The fleet keys as they follow each other while one is replaced. */
  List<List<FleetKey>> replacement() {
    FleetKey former = fleetKeys.getFirst();
    return List.of(List.of(former, nextKey), List.of(nextKey, former), List.of(nextKey));
  }

  void rotateNow() throws RedisAwayException, FleetException {
    new RotationOrder(commands(), settings, fleetKeys, PATIENCE).give();
  }

  /**
   * Has somebody who holds the fleet key give {@code recipient} a key whose name is not its own.
   *
   * @param name null: one that was drawn
   */
  KeyRecord offer(Member recipient, SecureRandom random, @Nullable Opaque name)
      throws RedisAwayException, GeneralSecurityException {
    FleetRedis fleet = new FleetRedis(commands(), settings, fleetKeys, PATIENCE);
    byte[] bytes = new byte[Stek.SECRET_LENGTH];
    random.nextBytes(bytes);
    byte[] drawn = new byte[Stek.NAME_LENGTH];
    random.nextBytes(drawn);
    KeyRecord record =
        new KeyRecord(
            name == null ? Opaque.takeOver(drawn) : name,
            recipient.agreement.generation(),
            now / settings.rotateEvery().toMillis(),
            now - 1,
            now,
            now + 1_000_000,
            now + 2_000_000);
    fleet.writeKey(record);
    Set<Opaque> pairs = fleet.read().announced();
    try (Secret secret = Secret.takeOver(bytes)) {
      for (Announcement pair : fleet.announced(pairs).values()) {
        fleet.offerWrap(
            FleetRedis.wrapField(record.name(), pair.id()),
            StekWrap.wrap(settings.name(), fleetKeys.getFirst(), record, pair, secret, random));
      }
    }
    return record;
  }

  private RedisClusterAsyncCommands<byte[], byte[]> commands() {
    return Objects.requireNonNull(link.commands());
  }

  private static Secret secret(long seed) {
    byte[] bytes = new byte[FleetKey.LENGTH];
    SeededRandom.of(seed).nextBytes(bytes);
    return Secret.takeOver(bytes);
  }

  @Override
  public void close() {
    members.forEach(member -> member.agreement.close());
    fleetKeys.forEach(FleetKey::close);
    nextKey.close();
    link.close();
    redis.close();
  }
}
