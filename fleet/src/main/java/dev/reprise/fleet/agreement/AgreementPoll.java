/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.redis.RedisAwayException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One poll of a node: its steps in their order. Each bears to be done twice, and to be cut off. */
final class AgreementPoll {
  private static final int EPOCHS_AHEAD = 2;

  private static final int POLLS_UNTIL_DAMAGED = 8;

  /** A node that was silent for so many polls is forgotten. */
  private static final int POLLS_UNTIL_FORGOTTEN = 600;

  private final NodeState state;
  private final FleetRedis redis;
  private final List<FleetKey> fleetKeys;
  private final FleetView view;
  private final long now;
  private final Map<Opaque, Beat> living = new HashMap<>();
  private boolean changed;

  AgreementPoll(
      NodeState state, FleetRedis redis, List<FleetKey> fleetKeys, FleetView view, long now) {
    this.state = state;
    this.redis = redis;
    this.fleetKeys = fleetKeys;
    this.view = view;
    this.now = now;
    view.beats()
        .forEach((id, beat) -> {
          if (isLiving(beat) && !id.equals(state.node)) {
            living.put(id, beat);
          }
        });
  }

  private boolean isLiving(Beat beat) {
    long age = now - beat.atMillis();
    return age < state.threePolls() && age > -NodeState.TOLERANCE_MILLIS;
  }

  /** The other nodes that live. */
  Map<Opaque, Beat> living() {
    return living;
  }

  /** Takes out the keys whose time is up, or that an order to rotate has ended. */
  List<HeldKey> takeEnded() {
    Generation seen = view.generation();
    boolean ordered = seen != null && seen.number() > state.generation.number();
    boolean had = !state.held().isEmpty();
    if (seen != null && ordered) {
      state.generation = seen;
      changed = true;
    }
    List<HeldKey> ended = state.takeEnded(now);
    if (ordered && had) {
      // Whoever took the ticket keys may have taken these as well.
      state.pairs.replace();
      state.listener.accept(new AgreementEvent.Rotated(state.generation.number(), ended.size()));
    }
    return ended;
  }

  /** All that decides which keys this node has, and which one seals. */
  void agree() throws RedisAwayException {
    boolean damaged = isDamaged();
    agreeOnTimes(damaged);
    agreeOnGeneration(damaged);
    announce();
    takeUp();
    putBack();
    agreeOnEpochs();
    giveToOthers();
    confirm();
    state.rewrite = false;
  }

  /** Signs of life, and what has ended. */
  void conclude() throws RedisAwayException {
    beat();
    tidy();
    if (changed) {
      redis.tell();
    }
  }

  /**
   * Whether records that this node has read before are damaged. It may also be that they are under
   * a new fleet key that this node is about to get: so only if they stay so.
   */
  private boolean isDamaged() {
    boolean unread =
        (view.hasTimes() && view.times() == null)
            || (view.hasGeneration() && view.generation() == null);
    state.damagedPolls = unread ? state.damagedPolls + 1 : 0;
    return state.damagedPolls > POLLS_UNTIL_DAMAGED;
  }

  private void agreeOnTimes(boolean damaged) throws RedisAwayException {
    FleetTimes agreed = view.times();
    if (agreed == null) {
      if (damaged || !view.hasTimes()) {
        redis.writeTimes(state.times, !damaged);
      }
    } else if (state.rewrite) {
      redis.writeTimes(agreed, false);
    }
  }

  private void agreeOnGeneration(boolean damaged) throws RedisAwayException {
    Generation seen = view.generation();
    boolean older = seen != null && seen.number() < state.generation.number();
    boolean lost = !view.hasGeneration() && state.generation.number() > 0;
    if ((seen == null && damaged) || older || lost || (seen != null && state.rewrite)) {
      redis.writeGeneration(state.generation);
    }
  }

  private void announce() throws RedisAwayException {
    state.pairs.keepUp(state.epochOf(now), now, state.threePolls());
    if (state.rewrite || !view.announced().contains(state.pairs.id())) {
      redis.announce(state.pairs.announcement());
      changed = true;
    }
  }

  /** Opens what was wrapped for this node, and takes it out of Redis. */
  private void takeUp() throws RedisAwayException {
    Set<Opaque> opened = new HashSet<>();
    for (KeyRecord record : view.keys().values()) {
      for (Opaque pair : state.pairs.ids()) {
        Opaque field = FleetRedis.wrapField(record.name(), pair);
        if (view.wraps().contains(field)) {
          if (isUsable(record) && state.held(record.name()) == null) {
            takeUp(record, pair);
          }
          opened.add(field);
        }
      }
    }
    redis.forgetWraps(opened);
  }

  private void takeUp(KeyRecord record, Opaque pair) throws RedisAwayException {
    byte[] wrap = redis.wrap(record.name(), pair);
    Secret secret =
        wrap == null
            ? null
            : state.pairs.open(pair, state.settings.name(), fleetKeys, record, wrap);
    if (secret != null) {
      state.hold(record, secret);
      changed = true;
    }
  }

  private boolean isUsable(KeyRecord record) {
    return record.generation() == state.generation.number()
        && record.acceptUntilMillis() > now
        && record.publishAtMillis() <= now + NodeState.TOLERANCE_MILLIS;
  }

  /** A Redis that was replaced, or has failed over, has lost what the nodes still know. */
  private void putBack() throws RedisAwayException {
    for (HeldKey key : state.held()) {
      KeyRecord there = view.keys().get(key.name());
      if (!key.record().equals(there) || view.underOldKey().contains(key.name())) {
        redis.writeKey(key.record());
      }
    }
  }

  private void agreeOnEpochs() throws RedisAwayException {
    long current = state.epochOf(now);
    state.winners.clear();
    state.winners.putAll(view.epochs());
    for (long epoch = current; epoch <= current + EPOCHS_AHEAD; epoch++) {
      Opaque seen = view.epochs().get(epoch);
      if (!isServed(epoch, seen)) {
        state.winners.put(epoch, claim(epoch, seen));
      }
    }
  }

  /** Whether a key stands for the epoch that this node has, or will get from another one. */
  private boolean isServed(long epoch, @Nullable Opaque name) {
    HeldKey key = state.held(name);
    if (key != null) {
      return key.record().epoch() == epoch;
    }
    KeyRecord record = name == null ? null : view.keys().get(name);
    return record != null
        && record.epoch() == epoch
        && isUsable(record)
        && living.values().stream().anyMatch(beat -> beat.held().contains(name));
  }

  private Opaque claim(long epoch, @Nullable Opaque seen) throws RedisAwayException {
    changed = true;
    HeldKey own = state.heldOf(epoch);
    if (own != null) {
      return redis.claim(own.record(), seen);
    }
    Secret secret = state.drawSecret();
    try {
      KeyRecord record = state.record(secret, epoch, now);
      Opaque winner = redis.claim(record, seen);
      if (winner.equals(record.name())) {
        state.hold(record, secret.copy());
      }
      return winner;
    } finally {
      secret.close();
    }
  }

  private void giveToOthers() throws RedisAwayException {
    Map<Opaque, Announcement> announced =
        redis.announced(
            living.values().stream()
                .filter(this::lacksSomething)
                .map(Beat::pair)
                .collect(Collectors.toSet()));
    for (Beat beat : living.values()) {
      Announcement pair = announced.get(beat.pair());
      if (pair != null) {
        give(beat, pair);
      }
    }
  }

  // A node of an earlier generation first makes itself another key pair.
  private boolean lacksSomething(Beat beat) {
    return beat.generation() == state.generation.number()
        && state.held().stream().anyMatch(key -> !beat.held().contains(key.name()));
  }

  private void give(Beat beat, Announcement pair) throws RedisAwayException {
    for (HeldKey key : state.held()) {
      Opaque field = FleetRedis.wrapField(key.name(), beat.pair());
      if (!beat.held().contains(key.name()) && !view.wraps().contains(field)) {
        redis.offerWrap(field, wrap(key, pair));
        changed = true;
      }
    }
  }

  private byte[] wrap(HeldKey key, Announcement pair) throws RedisAwayException {
    try {
      return StekWrap.wrap(
          state.settings.name(),
          fleetKeys.getFirst(),
          key.record(),
          pair,
          key.secret(),
          state.random);
    } catch (GeneralSecurityException e) {
      throw new RedisAwayException("A node has announced keys that cannot be used", e);
    }
  }

  private void confirm() {
    for (HeldKey key : state.held()) {
      if (living.values().stream().allMatch(beat -> beat.held().contains(key.name()))) {
        key.confirm();
      }
    }
  }

  private void beat() throws RedisAwayException {
    Set<Opaque> names = state.held().stream().map(HeldKey::name).collect(Collectors.toSet());
    redis.beat(
        state.node,
        new Beat(now, state.generation.number(), state.pairs.id(), state.settings.node(), names));
  }

  private void tidy() throws RedisAwayException {
    Set<Opaque> keys = new HashSet<>();
    view.keys()
        .forEach((name, record) -> {
          if (record.acceptUntilMillis() <= now
              || record.generation() < state.generation.number()) {
            keys.add(name);
          }
        });
    redis.forgetKeys(keys);
    redis.forgetEpochs(
        view.epochs().keySet().stream()
            .filter(epoch -> epoch < state.epochOf(now) - 1)
            .collect(Collectors.toSet()));
    tidyNodes();
  }

  private void tidyNodes() throws RedisAwayException {
    long forgotten = now - POLLS_UNTIL_FORGOTTEN * state.times.pollEvery().toMillis();
    Set<Opaque> silent = new HashSet<>();
    Set<Opaque> pairs = new HashSet<>(state.pairs.ids());
    view.beats()
        .forEach((id, beat) -> {
          if (beat.atMillis() < forgotten) {
            silent.add(id);
          } else {
            pairs.add(beat.pair());
          }
        });
    redis.forgetBeats(silent);
    if (!view.mayHideOthers(state.node)) {
      forgetUnused(pairs);
    }
  }

  /** Pairs that nobody has any more, and what was wrapped for them. */
  private void forgetUnused(Set<Opaque> used) throws RedisAwayException {
    Set<Opaque> unused = new HashSet<>(view.announced());
    unused.removeAll(used);
    Set<Opaque> gone = new HashSet<>(unused);
    gone.retainAll(state.unusedPairs);
    state.unusedPairs = unused;
    redis.forgetPairs(gone);
    redis.forgetWraps(
        view.wraps().stream()
            .filter(field -> !isFor(used, field) && !isFor(view.announced(), field))
            .collect(Collectors.toSet()));
  }

  private static boolean isFor(Set<Opaque> pairs, Opaque field) {
    return field.length() == 2 * Records.ID_LENGTH
        && pairs.contains(field.slice(Records.ID_LENGTH, Records.ID_LENGTH));
  }
}
