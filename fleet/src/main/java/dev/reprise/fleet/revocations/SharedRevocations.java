/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.resumption.ResumptionPolicy;
import dev.reprise.engine.resumption.Revocation;
import dev.reprise.engine.resumption.RevocationListener;
import dev.reprise.engine.resumption.RevocationRegister;
import dev.reprise.engine.resumption.RevokedSessions;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.fleet.FleetKey;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.redis.RedisAwayException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in the fleet's list of revocations. It reads what is new with each poll, sends what
 * was revoked here, and writes again what Redis has lost.
 *
 * <p>While Redis is away it goes by what it has read; but a client that showed a certificate is
 * resumed only if the list was read within a period.
 */
public final class SharedRevocations {
  private static final long SWEEP_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final FleetSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Runnable onChange;
  private final Runnable onRevoked;
  private final List<RevocationRegister> registers = new CopyOnWriteArrayList<>();

  /** What was revoked here and Redis may not have. */
  private final Queue<Entry> unsent = new ConcurrentLinkedQueue<>();

  /** All that has something left to forbid. */
  private final Set<Entry> known = ConcurrentHashMap.newKeySet();

  private final ListFollower follower = new ListFollower(known, this::learn);
  private volatile Duration longestUnread;
  private volatile @Nullable Long readAtNanos;
  private long sweptAtNanos;
  private boolean learned;

  /**
   * @param clock the fleet's
   * @param nanoTime this process's, which nobody sets: {@link System#nanoTime}
   * @param onChange is told that there is something to send
   * @param onRevoked is told that something was revoked, here or elsewhere
   */
  public SharedRevocations(
      FleetSettings settings,
      InstantSource clock,
      LongSupplier nanoTime,
      Runnable onChange,
      Runnable onRevoked) {
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.sweptAtNanos = nanoTime.getAsLong();
    this.longestUnread = settings.rotateEvery();
    this.onChange = onChange;
    this.onRevoked = onRevoked;
  }

  /** Whether the list was read within a period: without revocations it is empty, and read too. */
  public boolean isCurrent() {
    Long at = readAtNanos;
    return at != null && nanoTime.getAsLong() - at < longestUnread.toNanos();
  }

  /** Has both know what either does, from now on; see {@code FleetMembership.share}. */
  public RevokedSessions share(RevocationRegister register) {
    registers.add(register);
    known.forEach(entry -> entry.addTo(register));
    Shared shared = new Shared(register);
    register.tell(shared);
    register
        .latest(Integer.MAX_VALUE)
        .forEach(each -> shared.revoked(each.kind(), each.id(), each.revokedAt()));
    register.before().ifPresent(shared::revokedBefore);
    return shared;
  }

  /** What is in Redis is to be authentic under other fleet keys. */
  public void fleetKeysChanged() {
    follower.rewrite();
  }

  /**
   * Sends and reads; by the fleet's thread.
   *
   * @param period within which the list must have been read
   */
  public void poll(
      RedisClusterAsyncCommands<byte[], byte[]> commands,
      List<FleetKey> keys,
      Duration period,
      Duration patience)
      throws RedisAwayException {
    longestUnread = period;
    RevocationList list = new RevocationList(commands, settings, keys, patience);
    long asked = nanoTime.getAsLong();
    // Read first: a Redis that is full takes no entries, and gives those that it has.
    try {
      follower.follow(list, clock.millis(), () -> readAtNanos = asked);
    } finally {
      tellIfLearned();
    }
    send(list);
    if (asked - sweptAtNanos >= SWEEP_EVERY_NANOS) {
      sweptAtNanos = asked;
      sweep(list, clock.millis());
    }
  }

  private void send(RevocationList list) throws RedisAwayException {
    List<Entry> sending = new ArrayList<>(unsent);
    if (!sending.isEmpty()) {
      list.add(sending);
      unsent.removeAll(sending);
      list.tell();
    }
  }

  private void learn(Entry entry) {
    if (entry.untilMillis() > clock.millis() && known.add(entry)) {
      registers.forEach(entry::addTo);
      learned = true;
    }
  }

  // Once for all that was read.
  private void tellIfLearned() {
    if (learned) {
      learned = false;
      onRevoked.run();
    }
  }

  private void sweep(RevocationList list, long now) throws RedisAwayException {
    known.removeIf(entry -> entry.untilMillis() <= now);
    registers.forEach(RevocationRegister::sweep);
    list.removeEnded(now);
  }

  /** A register, and whether what it says is the fleet's last word. */
  private final class Shared implements RevokedSessions, RevocationListener {
    private final RevocationRegister register;

    Shared(RevocationRegister register) {
      this.register = register;
    }

    @Override
    public boolean contains(Session session) {
      return register.contains(session);
    }

    @Override
    public boolean isCurrent() {
      return SharedRevocations.this.isCurrent();
    }

    @Override
    public void revoked(Revocation.Kind kind, Opaque id, Instant revokedAt) {
      long at = revokedAt.toEpochMilli();
      spread(new Entry(Entry.What.of(kind), id, at, until(at)));
    }

    @Override
    public void revokedBefore(Instant time) {
      spread(Entry.before(time.toEpochMilli(), until(clock.millis())));
    }

    private long until(long revokedAt) {
      return revokedAt
          + register.longestSession().plus(ResumptionPolicy.CLOCK_TOLERANCE).toMillis();
    }

    private void spread(Entry entry) {
      if (known.add(entry)) {
        unsent.add(entry);
        registers.stream().filter(other -> other != register).forEach(entry::addTo);
        onRevoked.run();
        onChange.run();
      }
    }
  }
}
