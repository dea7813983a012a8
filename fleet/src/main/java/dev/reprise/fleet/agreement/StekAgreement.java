/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.RedisAwayException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One node's part in agreeing on ticket keys. There is no leader: time is cut into epochs, of each
 * epoch the first key that is written seals, and every node writes where one is missing. Who holds
 * a key gives it to every node that lives and has it not. All of it happens in {@link #poll}, on
 * one thread.
 *
 * <p>No key is made without Redis: a node that cannot reach it goes on with the keys that it has,
 * which are there two epochs ahead, and after them seals nothing.
 */
public final class StekAgreement implements AutoCloseable {
  /** A node whose last sign of life is older than so many polls does not live. */
  public static final int POLLS_UNTIL_DEAD = 3;

  private final InstantSource clock;
  private final NodeState state;
  private final SharedRing ring = new SharedRing();
  private volatile long generation;
  private volatile boolean stranger;
  private volatile boolean atHome;
  private volatile int unauthentic;
  private boolean member;

  /**
   * @param node this node's ID, 16 bytes, another one with each start
   * @param clock the fleet's
   */
  public StekAgreement(
      FleetSettings settings,
      Opaque node,
      InstantSource clock,
      SecureRandom random,
      Consumer<AgreementEvent> listener) {
    this.clock = clock;
    this.state = new NodeState(settings, node, random, listener);
  }

  /** The keys that are agreed on. */
  public StekSource source() {
    return ring;
  }

  /** The times that hold in this fleet, as far as this node knows. */
  public FleetTimes times() {
    return state.times;
  }

  /** Which {@code rotate --now} the keys came after; 0: none. */
  public long generation() {
    return generation;
  }

  /** Whether what is in Redis under the fleet's name was written under another fleet key. */
  public boolean isStranger() {
    return stranger;
  }

  /** Whether Redis was read at least once, and holds this fleet or none. */
  public boolean isAtHome() {
    return atHome;
  }

  /** How many records the last poll saw that no node of this fleet has written. */
  public int unauthentic() {
    return unauthentic;
  }

  /** Other fleet keys are in force: what Redis holds must prove authentic under them once more. */
  public void fleetKeysChanged() {
    member = false;
    state.rewrite = true;
  }

  /**
   * Reads what the others have written, and does this node's part.
   *
   * @param patience for each answer of Redis
   * @return the other nodes that live, by node ID
   * @throws RedisAwayException if Redis did not answer; what was agreed before holds
   */
  public Map<Opaque, Beat> poll(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      List<FleetKey> fleetKeys,
      Duration patience)
      throws RedisAwayException {
    FleetRedis redis = new FleetRedis(commands, state.settings, fleetKeys, patience);
    FleetView view = redis.read();
    unauthentic = view.unauthentic();
    boolean wasAtHome = atHome;
    becomeStranger(member ? view.isAllOthers(state.node) : view.hasOthersTimes());
    if (stranger) {
      if (wasAtHome) {
        // Nobody else can read this node's sign of life any more, nor take it out.
        redis.leave(state.node, state.pairs.ids());
      }
      pass();
      return Map.of();
    }
    state.adopt(view.times());
    AgreementPoll poll = new AgreementPoll(state, redis, fleetKeys, view, clock.millis());
    end(poll.takeEnded());
    generation = state.generation.number();
    try {
      poll.agree();
      member = true;
    } finally {
      updateRing();
    }
    poll.conclude();
    return poll.living();
  }

  /** What time alone asks for while Redis is away. */
  public void pass() {
    long now = clock.millis();
    state.pairs.keepUp(state.epochOf(now), now, state.threePolls());
    end(state.takeEnded(now));
  }

  /** Wipes keys, which nobody may be using any more. */
  private void end(List<HeldKey> keys) {
    updateRing();
    keys.forEach(HeldKey::close);
  }

  /** Signs off, so that nobody waits for this node; to be called before the end. */
  public void leave(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      List<FleetKey> fleetKeys,
      Duration patience)
      throws RedisAwayException {
    if (!stranger) {
      new FleetRedis(commands, state.settings, fleetKeys, patience)
          .leave(state.node, state.pairs.ids());
    }
  }

  private void becomeStranger(boolean now) {
    boolean was = stranger;
    stranger = now;
    atHome = !now;
    String fleet = state.settings.name();
    if (now && !was) {
      state.listener.accept(new AgreementEvent.Stranger(fleet));
    } else if (was && !now) {
      state.listener.accept(new AgreementEvent.StrangerNoMore(fleet));
    }
  }

  private void updateRing() {
    List<Stek> keys = new ArrayList<>();
    for (HeldKey key : state.held()) {
      boolean seals = Objects.equals(key.name(), state.winners.get(key.record().epoch()));
      long from = seals ? key.sealsFrom(state.times, state.threePolls()) : Long.MAX_VALUE;
      keys.add(key.stek(from, NodeState.TOLERANCE_MILLIS));
    }
    keys.sort(Comparator.comparingLong(Stek::acceptUntilMillis));
    ring.set(keys);
  }

  /** Wipes all keys. */
  @Override
  public void close() {
    ring.set(List.of());
    state.close();
  }
}
