/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.sessions;

import dev.reprise.engine.resumption.Lookup;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionScope;
import dev.reprise.engine.resumption.SealedTicket;
import dev.reprise.engine.resumption.Session;
import dev.reprise.engine.resumption.SessionStore;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.resumption.StoredSessionSealer;
import dev.reprise.engine.resumption.TicketOpening;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import dev.reprise.fleet.FleetSettings;
import dev.reprise.fleet.SessionStoreCounts;
import dev.reprise.fleet.redis.RedisLink;
import io.lettuce.core.SetArgs;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in Redis, sealed in this node before they leave it, each bound to its key there. Redis
 * ends them, at the latest when the key that sealed them ends. Each call is one command, answered
 * by the deadline or counted as a miss.
 */
public final class RedisSessionStore implements SessionStore {
  // No version allows more: RFC 8446, Section 4.6.1.
  private static final long LONGEST_LIFETIME_MILLIS = Duration.ofDays(7).toMillis();

  private static final CompletionStage<Boolean> NO = CompletableFuture.completedFuture(false);
  private static final Lookup NOTHING = new Lookup.NotInStore();
  private static final Lookup UNAVAILABLE = new Lookup.Unavailable();

  /** What became of a removal. */
  enum Removal {
    REMOVED,
    NOTHING_THERE,
    /** It may still be there. */
    UNKNOWN
  }

  private final StoreCalls calls;
  private final SessionPlaces places;
  private final StoredSessionSealer sealer;
  private final InstantSource clock;
  private final StoreCounters counters;

  /**
   * @param keys of all nodes; they stay their owner's
   * @param clock of all nodes, by which the keys' times are reckoned
   * @param random for nonces
   */
  public RedisSessionStore(
      RedisLink link,
      FleetSettings settings,
      StekSource keys,
      InstantSource clock,
      SecureRandom random,
      StoreCounters counters) {
    this.calls = new StoreCalls(link, settings.storeDeadline(), counters);
    this.places = new SessionPlaces(settings.sessionPrefix());
    this.sealer = new StoredSessionSealer(keys, random, clock);
    this.clock = clock;
    this.counters = counters;
  }

  /**
   * {@inheritDoc}
   *
   * @param id of 1 to 32 bytes; under a longer one nothing is stored
   */
  @Override
  public CompletionStage<Boolean> put(Opaque id, Session session, Duration lifetime) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null) {
      return NO;
    }
    byte[] key = places.key(hash);
    if (lifetime.isNegative() || lifetime.isZero()) {
      return forget(hash).thenApply(_ -> false);
    }
    SealedTicket sealed = sealer.seal(session, Opaque.takeOver(key));
    long millis = sealed == null ? 0 : lifetimeMillis(lifetime, sealed.keyAcceptUntilMillis());
    if (sealed == null || millis <= 0) {
      counters.notSealed.increment();
      return NO;
    }
    byte[] value = sealed.ticket().toArray();
    return calls.call(
        redis -> redis.set(key, value, SetArgs.Builder.px(millis)), "OK"::equals, false);
  }

  @Override
  public CompletionStage<Lookup> get(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null) {
      return CompletableFuture.completedFuture(NOTHING);
    }
    byte[] key = places.key(hash);
    return calls.call(
        redis -> redis.get(key), value -> read(key, value, version, scope), UNAVAILABLE);
  }

  @Override
  public CompletionStage<Lookup> take(Opaque id, ProtocolVersion version, ResumptionScope scope) {
    Opaque hash = SessionPlaces.hash(id);
    if (hash == null) {
      return CompletableFuture.completedFuture(NOTHING);
    }
    byte[] key = places.key(hash);
    return calls.call(
        redis -> redis.getdel(key),
        value -> {
          Lookup lookup = read(key, value, version, scope);
          if (value != null && lookup instanceof Lookup.Mismatched) {
            putBack(key, value);
          }
          return lookup;
        },
        UNAVAILABLE);
  }

  @Override
  public CompletionStage<Boolean> remove(Opaque id) {
    Opaque hash = SessionPlaces.hash(id);
    return hash == null ? NO : forget(hash).thenApply(Removal.REMOVED::equals);
  }

  CompletionStage<Removal> forget(Opaque hash) {
    byte[] key = places.key(hash);
    return calls.call(
        redis -> redis.del(key),
        deleted -> deleted > 0 ? Removal.REMOVED : Removal.NOTHING_THERE,
        Removal.UNKNOWN);
  }

  SessionPlaces places() {
    return places;
  }

  SessionStoreCounts.Breaker breaker() {
    return calls.breaker();
  }

  private long lifetimeMillis(Duration lifetime, long keyAcceptUntilMillis) {
    long wanted =
        lifetime.toSeconds() < LONGEST_LIFETIME_MILLIS / 1000
            ? lifetime.toMillis()
            : LONGEST_LIFETIME_MILLIS;
    return Math.min(wanted, keyAcceptUntilMillis - clock.millis());
  }

  private Lookup read(
      byte[] key, byte @Nullable [] value, ProtocolVersion version, ResumptionScope scope) {
    Lookup lookup = value == null ? NOTHING : open(key, value, version, scope);
    switch (lookup) {
      case Lookup.Found _ -> counters.hits.increment();
      case Lookup.NotInStore _, Lookup.Mismatched _ -> counters.misses.increment();
      case Lookup.Unavailable _ -> counters.notAuthentic.increment();
    }
    return lookup;
  }

  private Lookup open(byte[] key, byte[] value, ProtocolVersion version, ResumptionScope scope) {
    return switch (sealer.open(Opaque.takeOver(value), Opaque.takeOver(key), version, scope)) {
      case TicketOpening.Opened opened -> new Lookup.Found(opened.session());
      case TicketOpening.Missed missed -> missed(missed.reason());
    };
  }

  private Lookup missed(MissReason reason) {
    if (reason == MissReason.VERSION_MISMATCH || reason == MissReason.SCOPE_MISMATCH) {
      return new Lookup.Mismatched(reason);
    }
    if (reason == MissReason.UNKNOWN_KEY) {
      counters.unknownKey.increment();
      return NOTHING;
    }
    return reason == MissReason.KEY_EXPIRED ? NOTHING : UNAVAILABLE;
  }

  /**
   * A take of what is not for here must leave it. The handshake's order (get, binder, take) never
   * comes to this. Commands about one key go one way, so whoever asks here next finds it again.
   */
  private void putBack(byte[] key, byte[] value) {
    Long expires = sealer.expiresAtMillis(Opaque.takeOver(value), Opaque.takeOver(key));
    long millis = expires == null ? 0 : expires - clock.millis();
    if (millis > 0) {
      CompletionStage<Boolean> _ =
          calls.call(
              redis -> redis.set(key, value, SetArgs.Builder.nx().px(millis)), "OK"::equals, false);
    }
  }
}
