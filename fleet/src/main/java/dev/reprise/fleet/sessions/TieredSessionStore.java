/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.SessionStoreCounts;
import dev.reprise.fleet.redis.RedisLink;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sessions in Redis, and near copies of the TLS 1.2 sessions that this node has made: they resume
 * here at once, also while Redis is away. A near copy goes when its session is removed, on whatever
 * node, within a poll. Single-use sessions have one home, Redis.
 */
public final class TieredSessionStore implements SessionStore {
  private final RedisSessionStore shared;
  private final MemorySessionStore near;
  private final Removals removals;
  private final RemovalLog log;
  private final StoreCounters counters = new StoreCounters();

  /**
   * @param keys of all nodes, under which sessions are sealed before they leave this one
   * @param clock of all nodes
   * @param near for the copies; this store's alone, and closed with it by its owner
   */
  public TieredSessionStore(
      RedisLink link,
      FleetSettings settings,
      StekSource keys,
      InstantSource clock,
      SecureRandom random,
      MemorySessionStore near) {
    this.shared = new RedisSessionStore(link, settings, keys, clock, random, counters);
    this.near = near;
    this.removals = new Removals(link, settings, shared.places(), counters);
    this.log = new RemovalLog(link, settings);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A TLS 1.2 session that Redis does not acknowledge in time stays in this node, and counts.
   */
  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null || session.version() == ProtocolVersion.TLS13) {
      return shared.put(id, session, lifetime);
    }
    boolean kept = now(near.put(hash, session, lifetime));
    return shared
        .put(id, session, lifetime)
        .thenApply(stored -> {
          if (kept && !stored) {
            counters.keptLocal.increment();
          }
          return kept || stored;
        });
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null || removals.contains(hash)) {
      return CompletableFuture.completedFuture(new Lookup.NotInStore());
    }
    return switch (version) {
      case TLS13 -> shared.get(id, version, scope);
      case TLS12 -> nearOrShared(id, hash, version, scope);
    };
  }

  private CompletionStage<Lookup> nearOrShared(
      Opaque id, Opaque hash, ProtocolVersion version, ResumptionScope scope) {
    Lookup copy = now(near.get(hash, version, scope));
    return switch (copy) {
      case Lookup.Found _, Lookup.Mismatched _ -> {
        counters.nearHits.increment();
        yield CompletableFuture.completedFuture(copy);
      }
      case Lookup.NotInStore _, Lookup.Unavailable _ -> shared.get(id, version, scope);
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>Redis decides, so what is in this node alone cannot be taken: only single-use sessions are,
   * and they have no near copies.
   */
  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null || removals.contains(hash)) {
      return CompletableFuture.completedFuture(new Lookup.NotInStore());
    }
    CompletionStage<Lookup> taken = shared.take(id, version, scope);
    return switch (version) {
      case TLS13 -> taken;
      case TLS12 ->
          taken.thenApply(lookup -> {
            if (lookup instanceof Lookup.Found) {
              forgetNear(hash, false);
            }
            return lookup;
          });
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>At once on this node; in Redis too if it answers, else with the first poll that reaches it;
   * near copies on other nodes within a poll.
   */
  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null) {
      return CompletableFuture.completedFuture(false);
    }
    boolean wasNear = now(near.remove(hash));
    return shared
        .forget(hash)
        .thenApply(removal -> {
          boolean unknown = removal == RedisSessionStore.Removal.UNKNOWN;
          // The node that made it is the only one with a copy.
          if (unknown || !wasNear) {
            removals.add(hash, unknown);
          }
          return wasNear || removal == RedisSessionStore.Removal.REMOVED;
        });
  }

  private void forgetNear(Opaque hash, boolean maybeInRedis) {
    if (!now(near.remove(hash))) {
      removals.add(hash, maybeInRedis);
    }
  }

  /**
   * Tells Redis of removals that it missed, and drops near copies of what other nodes have removed.
   * To be called with each poll; it does not block, and the stage ends within 2 s and never
   * exceptionally.
   */
  public CompletionStage<Void> poll() {
    removals.send();
    return log.poll(
        hash -> {
          CompletionStage<Boolean> _ = near.remove(hash);
        },
        this::dropNearCopies);
  }

  /**
   * Drops all near copies, which are not sealed: for when ticket keys were stolen, with which the
   * same sessions may have been opened in a copy of Redis.
   */
  public void dropNearCopies() {
    near.removeAll();
    counters.nearCopiesDropped.increment();
  }

  /** Asks Redis for what is not there; does not wait for it. */
  public void warmUp() {
    CompletionStage<?> _ = shared.forget(Opaque.takeOver(new byte[SessionPlaces.HASH_LENGTH]));
  }

  /** What it has done, and how it stands. */
  public SessionStoreCounts counts() {
    return counters.snapshot(removals.size(), shared.breaker());
  }

  /** The value of a near answer, which is there at once. */
  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
