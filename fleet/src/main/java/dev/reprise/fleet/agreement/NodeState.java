/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.WellKnownWeakKeys;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetSettings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a node keeps from poll to poll; for the fleet's thread alone, but where it says so. */
final class NodeState implements AutoCloseable {
  static final long TOLERANCE_MILLIS = 5_000;

  /** Of one epoch there are two at most; what only an attacker would make more of. */
  private static final int MOST_HELD = 1_000;

  final FleetSettings settings;
  final Opaque node;
  final SecureRandom random;
  final Consumer<AgreementEvent> listener;
  final OwnPairs pairs;

  /** Which key seals in which epoch, by name. */
  final Map<Long, Opaque> winners = new HashMap<>();

  /** What is in Redis has to be written again, under other fleet keys. */
  boolean rewrite;

  /** Key pairs that were nobody's at the last poll: one that is announced has no beat yet. */
  Set<Opaque> unusedPairs = Set.of();

  private final Map<Opaque, HeldKey> held = new LinkedHashMap<>();

  /** Read by other threads. */
  volatile FleetTimes times;

  Generation generation = Generation.FIRST;

  /** In how many polls on end what this node had read before was not authentic. */
  int damagedPolls;

  NodeState(
      FleetSettings settings, Opaque node, SecureRandom random, Consumer<AgreementEvent> listener) {
    this.settings = settings;
    this.node = Records.requireId(node);
    this.random = random;
    this.listener = listener;
    this.pairs = new OwnPairs(random);
    this.times = new FleetTimes(settings.rotateEvery(), settings.ticketLifetime());
  }

  long threePolls() {
    return StekAgreement.POLLS_UNTIL_DEAD * times.pollEvery().toMillis();
  }

  /** Goes by what the fleet has agreed on: by other times the others would seem dead. */
  void adopt(@Nullable FleetTimes agreed) {
    if (agreed != null && !agreed.equals(times)) {
      listener.accept(new AgreementEvent.TimesAdopted(agreed, times));
      times = agreed;
    }
  }

  long epochOf(long time) {
    return Math.floorDiv(time, times.rotateEvery().toMillis());
  }

  Collection<HeldKey> held() {
    return held.values();
  }

  @Nullable HeldKey held(@Nullable Opaque name) {
    return name == null ? null : held.get(name);
  }

  /** A key of this epoch and generation that is held, or null. */
  @Nullable HeldKey heldOf(long epoch) {
    for (HeldKey key : held.values()) {
      if (key.record().epoch() == epoch) {
        return key;
      }
    }
    return null;
  }

  /** Keeps a key, unless it must not be used: then its secret is wiped. */
  void hold(KeyRecord record, Secret secret) {
    String weakness = weakness(record, secret);
    if (weakness == null && held.size() < MOST_HELD) {
      held.put(record.name(), new HeldKey(record, secret));
      return;
    }
    secret.close();
    if (weakness != null) {
      listener.accept(new AgreementEvent.KeyRefused(weakness));
    }
  }

  private @Nullable String weakness(KeyRecord record, Secret secret) {
    String weakness = WellKnownWeakKeys.weakness(secret.reveal());
    if (weakness != null) {
      return weakness;
    }
    if (!KeyName.of(secret).equals(record.name())) {
      return "has a name that does not follow from it";
    }
    boolean twice = held.values().stream().anyMatch(key -> key.secret().sameAs(secret));
    return twice ? "has the secret of another one" : null;
  }

  /** What others are told of a key that nobody has yet, for {@code epoch}. */
  KeyRecord record(Secret secret, long epoch, long now) {
    long period = times.rotateEvery().toMillis();
    long until = (epoch + 1) * period;
    return new KeyRecord(
        KeyName.of(secret),
        generation.number(),
        epoch,
        now,
        Math.max(epoch * period, now),
        until,
        until + times.ticketLifetime().toMillis());
  }

  Secret drawSecret() {
    byte[] secret = new byte[Stek.SECRET_LENGTH];
    random.nextBytes(secret);
    return Secret.takeOver(secret);
  }

  /** Takes out what is past its time or of an earlier generation; the caller's to close. */
  List<HeldKey> takeEnded(long now) {
    List<HeldKey> ended = new ArrayList<>();
    for (HeldKey key : List.copyOf(held.values())) {
      KeyRecord record = key.record();
      if (record.acceptUntilMillis() <= now || record.generation() < generation.number()) {
        ended.add(key);
        held.remove(key.name());
      }
    }
    return ended;
  }

  @Override
  public void close() {
    held.values().forEach(HeldKey::close);
    held.clear();
    pairs.close();
  }
}
