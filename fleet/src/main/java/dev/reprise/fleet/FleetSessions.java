/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.resumption.MemorySessionStore;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.fleet.redis.RedisLink;
import dev.reprise.fleet.sessions.TieredSessionStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Where the sessions of this node's clients are. */
final class FleetSessions implements AutoCloseable {
  private final MemorySessionStore near;
  private final TieredSessionStore store;
  private final LongSupplier generation;
  private long seenGeneration;
  private boolean warm;

  /**
   * @param keys of all nodes, under which sessions are sealed before they leave this one
   * @param generation of the keys: when it grows, those of before may be stolen
   */
  FleetSessions(
      RedisLink link,
      FleetSettings settings,
      StekSource keys,
      InstantSource clock,
      SecureRandom random,
      LongSupplier generation) {
    this.near = new MemorySessionStore(MemorySessionStore.DEFAULT_BYTES, clock, random);
    this.store = new TieredSessionStore(link, settings, keys, clock, random, near);
    this.generation = generation;
  }

  SessionStore store() {
    return store;
  }

  SessionStoreCounts counts() {
    return store.counts();
  }

  /** Forgets what is in this node and in Redis as well. */
  void dropNearCopies() {
    store.dropNearCopies();
  }

  /** What time alone asks for. */
  void pass() {
    near.sweep();
  }

  void poll() {
    pass();
    dropWhatThievesMayKnow();
    CompletionStage<Void> _ = store.poll();
    warmUp();
  }

  // The first call loads what all later ones need, and takes longer than a handshake waits.
  private void warmUp() {
    if (!warm) {
      warm = true;
      store.warmUp();
    }
  }

  // Sessions in Redis go with the keys that they are sealed under; near copies are not sealed.
  private void dropWhatThievesMayKnow() {
    long now = generation.getAsLong();
    if (now != seenGeneration) {
      seenGeneration = now;
      store.dropNearCopies();
    }
  }

  @Override
  public void close() {
    near.close();
  }
}
