/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Sessions in this process's memory, outside the Java heap, bounded by bytes and not by count. When
 * it is full expired sessions go first and then the oldest of the shard that the new one belongs
 * to; whatever goes is wiped. All stages are complete when they are returned. It has no thread:
 * each operation wipes some sessions that have expired, and {@link #sweep} may be called from a
 * timer so that they go without traffic too.
 *
 * <p>A session without client certificate takes 152 bytes, and a server name that no other session
 * has some 45 more. Memory is taken as it is needed; what becomes free is used again, and goes back
 * to the system once the store is unreachable. The JVM's {@code -XX:MaxDirectMemorySize} is a bound
 * as well.
 */
public final class MemorySessionStore implements SessionStore, AutoCloseable {
  /** Unless told otherwise: some 400,000 sessions. */
  public static final long DEFAULT_BYTES = 64 << 20;

  /** With less there is no room for what a single session needs: a page for each index. */
  public static final long SMALLEST_BYTES = 32 << 10;

  private static final long MOST_BYTES = 64L << 30;
  private static final int SHARDS = 16;
  private static final long SHARDED_FROM_BYTES = 4 << 20;
  // The hash's high bits choose the shard; the low ones the bucket.
  static final int SHARD_SHIFT = 28;
  private static final int SWEPT_AT_ONCE = 256;
  // No version allows more: RFC 8446, Section 4.6.1. It also keeps the sum below from overflowing.
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

  private final InstantSource clock;
  private final KeyedHash hash;
  private final StorePages pages;
  private final InternedChains chains;
  private final List<SessionShard> shards = new ArrayList<>();

  /**
   * @param maxBytes of memory, all in: sessions, indices, what they have in common, and what is
   *     free for later ones; from {@link #SMALLEST_BYTES}, some 25 sessions, to 64 GiB
   * @param random for the hash by which sessions are found, so that nobody can choose IDs that meet
   * @throws IllegalArgumentException if it has less or more bytes than that
   */
  public MemorySessionStore(long maxBytes, InstantSource clock, SecureRandom random) {
    if (maxBytes < SMALLEST_BYTES || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "A session store of %d bytes; it takes at least %d and at most %d"
              .formatted(maxBytes, SMALLEST_BYTES, MOST_BYTES));
    }
    int count = maxBytes < SHARDED_FROM_BYTES ? 1 : SHARDS;
    this.clock = clock;
    this.hash = new KeyedHash(random);
    this.pages = new StorePages(maxBytes);
    this.chains = new InternedChains(count, pages, hash);
    for (int i = 0; i < count; i++) {
      shards.add(new SessionShard(pages, chains, hash));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @param id of 1 to 32 bytes; under a longer one nothing is stored
   */
  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    StoreKey key = StoreKey.of(id);
    if (lifetime.isNegative() || lifetime.isZero() || key == null || !StoreRows.fits(session)) {
      return remove(id).thenApply(_ -> false);
    }
    long now = clock.millis();
    Duration bounded = lifetime.compareTo(LONGEST_LIFETIME) < 0 ? lifetime : LONGEST_LIFETIME;
    boolean stored = shard(key).put(key, session, now + bounded.toMillis(), now);
    return CompletableFuture.completedFuture(stored);
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return CompletableFuture.completedFuture(read(id, version, scope, false));
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    return CompletableFuture.completedFuture(read(id, version, scope, true));
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    StoreKey key = StoreKey.of(id);
    return CompletableFuture.completedFuture(key != null && shard(key).remove(key, clock.millis()));
  }

  /** Wipes all that has expired. Handshakes may go on meanwhile. */
  public void sweep() {
    sweep(clock.millis());
  }

  /** Wipes all that it holds. What is put meanwhile may go or stay. */
  public void removeAll() {
    sweep(Long.MAX_VALUE);
  }

  /** Bytes of memory got from the system so far, at most what the constructor was given. */
  public long bytes() {
    return pages.bytes();
  }

  /** How many sessions it holds, expired ones included that were not swept yet. */
  public int size() {
    return shards.stream().mapToInt(SessionShard::size).sum();
  }

  /** How many sessions had to go before their time: if it grows, the store is too small. */
  public long evictions() {
    return shards.stream().mapToLong(SessionShard::evictions).sum();
  }

  /** Wipes everything, and takes nothing any more. */
  @Override
  public void close() {
    shards.forEach(SessionShard::close);
    removeAll();
  }

  /** How many different client certificate chains it holds. */
  int chains() {
    return chains.size();
  }

  /** All its memory, for the test that what goes is wiped. */
  Stream<MemorySegment> memory() {
    return pages.all();
  }

  // Step by step, so that nobody waits for the whole of a shard.
  private void sweep(long now) {
    for (SessionShard shard : shards) {
      boolean more;
      do {
        more = shard.sweep(now, SWEPT_AT_ONCE);
      } while (more);
    }
  }

  private Lookup read(Opaque id, ProtocolVersion version, ResumptionScope scope, boolean take) {
    StoreKey key = StoreKey.of(id);
    return key == null
        ? new Lookup.NotInStore()
        : shard(key).read(key, clock.millis(), version, scope, take);
  }

  private SessionShard shard(StoreKey key) {
    return shards.get(hash.of(key) >>> SHARD_SHIFT & shards.size() - 1);
  }
}
