/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.crypto.Secret;
import dev.reprise.engine.wire.Opaque;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes its own ticket keys, for one node. Windows of issuing follow each other without gap or
 * overlap, keys are there two periods before they issue, open until a ticket's lifetime after, and
 * are wiped then. It has no thread: the ring is renewed by whoever asks for it and finds it stale.
 *
 * <p>A clock that jumps is followed at once: what would live longer from now on than any key may is
 * dropped, and a gap is filled with a key of its own.
 */
public final class RotatingStekSource implements StekSource, AutoCloseable {
  private static final int PERIODS_AHEAD = 2;
  private static final int RETIRED_NAMES = 16;

  /** A ring and the time in which it need not be looked at. */
  private record Snapshot(StekRing ring, long fromMillis, long untilMillis) {
    boolean isFreshAt(long now) {
      return fromMillis <= now && now < untilMillis;
    }
  }

  private final InstantSource clock;
  private final SecureRandom random;
  private final long period;
  private final long ticketLifetime;
  private final ReentrantLock rolling = new ReentrantLock();
  private final Deque<Opaque> retiredNames = new ArrayDeque<>();
  private volatile Snapshot snapshot = new Snapshot(StekRing.of(), 0, 0);
  private volatile boolean closed;

  /**
   * @param rotateEvery how long a key issues
   * @param ticketLifetime how long a key opens after it has stopped to issue
   * @throws IllegalArgumentException if {@code random} yields keys of a well-known weak family
   */
  public RotatingStekSource(
      InstantSource clock, SecureRandom random, Duration rotateEvery, Duration ticketLifetime) {
    this.clock = clock;
    this.random = random;
    this.period = checked(rotateEvery);
    this.ticketLifetime = checked(ticketLifetime);
    roll(clock.millis());
    if (snapshot.ring().keys().isEmpty()) {
      throw new IllegalArgumentException("The source of randomness yields no usable ticket keys");
    }
  }

  @Override
  public StekRing ring() {
    Snapshot seen = snapshot;
    long now = clock.millis();
    if (closed || seen.isFreshAt(now)) {
      return seen.ring();
    }
    if (!rolling.tryLock()) {
      if (seen.ring().issuing(now) != null) {
        return seen.ring(); // Somebody renews it, and until then it does.
      }
      rolling.lock();
    }
    try {
      now = clock.millis();
      if (!closed && !snapshot.isFreshAt(now)) {
        roll(now);
      }
      return snapshot.ring();
    } finally {
      rolling.unlock();
    }
  }

  /**
   * Wipes all keys, makes new ones, and has the randomness reseeded if it can be. To be called when
   * the process goes on from a checkpoint or a snapshot (CRaC's {@code afterRestore}): else every
   * copy that is restored would seal under the same keys. Tickets sealed before are misses then,
   * KEY_EXPIRED.
   */
  public void renew() {
    rolling.lock();
    try {
      if (closed) {
        return;
      }
      reseed();
      List<Stek> old = snapshot.ring().keys();
      old.forEach(this::retire);
      snapshot = new Snapshot(StekRing.of(), 0, 0);
      roll(clock.millis());
      old.forEach(Stek::close);
    } finally {
      rolling.unlock();
    }
  }

  private void reseed() {
    try {
      random.reseed();
    } catch (UnsupportedOperationException _) {
      // It draws from the operating system each time, and there is nothing to reseed.
    }
  }

  /** Wipes all keys. The ring is empty from now on. */
  @Override
  public void close() {
    rolling.lock();
    try {
      closed = true;
      List<Stek> keys = snapshot.ring().keys();
      snapshot = new Snapshot(StekRing.of(), 0, 0);
      keys.forEach(Stek::close);
    } finally {
      rolling.unlock();
    }
  }

  private void roll(long now) {
    List<Stek> live = new ArrayList<>();
    List<Stek> dead = new ArrayList<>();
    for (Stek key : snapshot.ring().keys()) {
      (mayLiveAt(key, now) ? live : dead).add(key);
    }
    dead.forEach(this::retire);
    long coveredUntil = extend(live, now);
    StekRing ring = new StekRing(live, List.copyOf(retiredNames));
    snapshot = new Snapshot(ring, coveredFrom(ring, now), freshUntil(ring, coveredUntil));
    dead.forEach(Stek::close);
  }

  // A key made now ends in (2 + 1) periods and a ticket's lifetime at the latest. One more is
  // granted, so that a clock that is set back a little does not throw away the keys made last.
  private boolean mayLiveAt(Stek key, long now) {
    long longest = (PERIODS_AHEAD + 2) * period + ticketLifetime;
    long left = key.acceptUntilMillis() - now;
    return left > 0 && left <= longest;
  }

  private void retire(Stek key) {
    retiredNames.addFirst(key.name());
    if (retiredNames.size() > RETIRED_NAMES) {
      retiredNames.removeLast();
    }
  }

  /** Adds keys until windows follow each other up to two periods ahead; says how far they do. */
  private long extend(List<Stek> keys, long now) {
    long covered = now;
    while (covered <= now + PERIODS_AHEAD * period) {
      Stek key = issuingAt(keys, covered);
      if (key == null) {
        key = make(now, covered, Math.min(covered + period, nextIssueFrom(keys, covered)));
        if (key == null) {
          return covered;
        }
        keys.add(key);
      }
      covered = key.issueUntilMillis();
    }
    return covered;
  }

  // Without randomness no key: fewer resumptions, never a weak key, and another try at each call.
  private @Nullable Stek make(long now, long issueFrom, long issueUntil) {
    try {
      byte[] name = new byte[Stek.NAME_LENGTH];
      byte[] secret = new byte[Stek.SECRET_LENGTH];
      random.nextBytes(name);
      random.nextBytes(secret);
      return new Stek(
          Opaque.takeOver(name),
          Secret.takeOver(secret),
          now,
          issueFrom,
          issueUntil,
          issueUntil + ticketLifetime);
    } catch (RuntimeException _) {
      return null;
    }
  }

  private static long nextIssueFrom(List<Stek> keys, long after) {
    return keys.stream()
        .mapToLong(Stek::issueFromMillis)
        .filter(from -> from > after)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static @Nullable Stek issuingAt(List<Stek> keys, long time) {
    return keys.stream().filter(key -> key.issuesAt(time)).findFirst().orElse(null);
  }

  // Set back to before this a clock finds no key that issues.
  private static long coveredFrom(StekRing ring, long now) {
    long from = now;
    for (Stek key = ring.issuing(now); key != null; key = ring.issuing(from - 1)) {
      from = key.issueFromMillis();
    }
    return from;
  }

  private long freshUntil(StekRing ring, long coveredUntil) {
    long firstEnd =
        ring.keys().stream().mapToLong(Stek::acceptUntilMillis).min().orElse(Long.MIN_VALUE);
    return Math.min(firstEnd, coveredUntil - PERIODS_AHEAD * period);
  }

  private static long checked(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0
        || duration.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("1 second to 7 days, not " + duration);
    }
    return duration.toMillis();
  }
}
