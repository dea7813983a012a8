/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this process's memory, bounded by bytes and not by count. When it is full expired
 * sessions go first and then the oldest; whatever goes is wiped. All stages are complete when they
 * are returned. It has no thread: {@link #sweep} may be called from a timer.
 */
public final class MemorySessionStore implements SessionStore, AutoCloseable {
  private static final int SHARDS = 16;
  private static final long SHARDED_FROM_BYTES = 1L << 20;
  // No version allows more: RFC 8446, Section 4.6.1. It also keeps the sum below from overflowing.
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

  private final InstantSource clock;
  private final List<MemorySessionShard> shards = new ArrayList<>();

  /**
   * @param maxBytes of memory, all in: encodings, IDs and what holds them
   */
  public MemorySessionStore(long maxBytes, InstantSource clock) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("A store cannot have " + maxBytes + " bytes");
    }
    this.clock = clock;
    int count = maxBytes < SHARDED_FROM_BYTES ? 1 : SHARDS;
    for (int i = 0; i < count; i++) {
      shards.add(new MemorySessionShard(maxBytes / count));
    }
  }

  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    long now = clock.millis();
    if (lifetime.isNegative() || lifetime.isZero()) {
      return remove(id).thenApply(_ -> false);
    }
    Duration bounded = lifetime.compareTo(LONGEST_LIFETIME) < 0 ? lifetime : LONGEST_LIFETIME;
    // Both copied: the ID may be a window into something larger.
    Opaque key = Opaque.takeOver(id.toArray());
    byte[] encoded = SessionCodec.encode(session);
    StoredSession stored = new StoredSession(key, encoded, now + bounded.toMillis());
    return CompletableFuture.completedFuture(shard(id).put(stored, now));
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return CompletableFuture.completedFuture(
        shard(id).read(id, clock.millis(), version, scope, false));
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return CompletableFuture.completedFuture(
        shard(id).read(id, clock.millis(), version, scope, true));
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    return CompletableFuture.completedFuture(shard(id).remove(id, clock.millis()));
  }

  /** Wipes what has expired. Every put does so for its part of the store. */
  public void sweep() {
    long now = clock.millis();
    shards.forEach(shard -> shard.dropExpired(now));
  }

  /** Bytes of memory in use, at most what the constructor was given. */
  public long bytes() {
    return shards.stream().mapToLong(MemorySessionShard::bytes).sum();
  }

  /** How many sessions it holds, expired ones included that were not swept yet. */
  public int size() {
    return shards.stream().mapToInt(MemorySessionShard::size).sum();
  }

  /** How many sessions had to go before their time: if it grows, the store is too small. */
  public long evictions() {
    return shards.stream().mapToLong(MemorySessionShard::evictions).sum();
  }

  /** Wipes everything. */
  @Override
  public void close() {
    shards.forEach(shard -> shard.dropExpired(Long.MAX_VALUE));
  }

  byte @Nullable [] encodedFor(Opaque id) {
    return shard(id).encodedFor(id);
  }

  private MemorySessionShard shard(Opaque id) {
    int hash = id.hashCode();
    return shards.get(Math.floorMod(hash ^ hash >>> 16, shards.size()));
  }
}
