/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client's sessions in memory: 8 for each key, of which the newest is offered first, and a
 * bounded number of keys, of which the least recently used goes first. Nothing is kept for more
 * than a day, whatever the server allows (longer lifetimes let users be followed: Sy et al., ACSAC
 * 2018). Whatever goes is wiped.
 */
public final class MemoryClientSessionStore implements ClientSessionStore, AutoCloseable {
  /** How many keys are kept unless told otherwise. */
  public static final int DEFAULT_KEYS = 1024;

  /** How many sessions are kept for one key. */
  public static final int SESSIONS_PER_KEY = 8;

  private static final Duration LONGEST = Duration.ofHours(24);

  private final InstantSource clock;
  private final int maxKeys;
  private final LinkedHashMap<ClientSessionKey, Deque<ClientSession>> sessions =
      new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  public MemoryClientSessionStore(InstantSource clock) {
    this(DEFAULT_KEYS, clock);
  }

  public MemoryClientSessionStore(int maxKeys, InstantSource clock) {
    if (maxKeys < 1) {
      throw new IllegalArgumentException("A store for " + maxKeys + " servers");
    }
    this.maxKeys = maxKeys;
    this.clock = clock;
  }

  @Override
  public synchronized void put(ClientSessionKey key, ClientSession session) {
    if (closed) {
      session.session().close();
      return;
    }
    ClientSession own = withOwnBytes(session);
    Deque<ClientSession> kept = sessions.computeIfAbsent(key, _ -> new ArrayDeque<>(2));
    // The very session put twice is not to be wiped.
    kept.removeIf(other -> other.session().secret() == own.session().secret());
    removeIf(kept, other -> isStale(other) || isReplacedBy(own, other));
    kept.addFirst(own);
    if (kept.size() > SESSIONS_PER_KEY) {
      kept.removeLast().session().close();
    }
    while (sessions.size() > maxKeys) {
      Map.Entry<ClientSessionKey, Deque<ClientSession>> eldest = sessions.pollFirstEntry();
      eldest.getValue().forEach(evicted -> evicted.session().close());
    }
  }

  @Override
  public synchronized @Nullable ClientSession take(ClientSessionKey key) {
    Deque<ClientSession> kept = sessions.get(key);
    if (kept == null) {
      return null;
    }
    removeIf(kept, this::isStale);
    ClientSession newest = kept.peekFirst();
    if (newest != null && newest.session().version() == ProtocolVersion.TLS13) {
      kept.removeFirst();
    }
    if (kept.isEmpty()) {
      sessions.remove(key);
    }
    return newest == null || newest.session().version() == ProtocolVersion.TLS13
        ? newest
        : new ClientSession(
            newest.session().copy(),
            newest.ticket(),
            newest.sessionId(),
            newest.receivedAtMillis());
  }

  @Override
  public synchronized void remove(ClientSessionKey key, ClientSession session) {
    removeIf(key, session::isOfferedLike);
  }

  @Override
  public synchronized void removeSiblings(ClientSessionKey key, ClientSession session) {
    long lineage = session.session().lineage();
    removeIf(key, other -> session.isOfferedLike(other) || other.session().lineage() == lineage);
  }

  @Override
  public synchronized void removeAll(ClientSessionKey key) {
    Deque<ClientSession> removed = sessions.remove(key);
    if (removed != null) {
      removeIf(removed, _ -> true);
    }
  }

  /** How many sessions it holds, stale ones included. */
  public synchronized int size() {
    return sessions.values().stream().mapToInt(Deque::size).sum();
  }

  /** Wipes everything, and what connections that are under way may still put. */
  @Override
  public synchronized void close() {
    closed = true;
    sessions.values().forEach(kept -> removeIf(kept, _ -> true));
    sessions.clear();
  }

  private boolean isStale(ClientSession session) {
    long now = clock.millis();
    long received = session.receivedAtMillis();
    return now >= session.session().expiresAtMillis()
        || now >= received + LONGEST.toMillis()
        // The clock was set back: how old it is nobody knows.
        || received > now + ResumptionPolicy.CLOCK_TOLERANCE.toMillis();
  }

  // One TLS 1.2 session is enough, since offering does not use it up.
  private static boolean isReplacedBy(ClientSession session, ClientSession earlier) {
    boolean bothTls12 =
        session.session().version() == ProtocolVersion.TLS12
            && earlier.session().version() == ProtocolVersion.TLS12;
    return bothTls12 || session.isOfferedLike(earlier);
  }

  private void removeIf(ClientSessionKey key, Predicate<ClientSession> condition) {
    Deque<ClientSession> kept = sessions.get(key);
    if (kept != null) {
      removeIf(kept, condition);
      if (kept.isEmpty()) {
        sessions.remove(key);
      }
    }
  }

  private static void removeIf(Deque<ClientSession> kept, Predicate<ClientSession> condition) {
    kept.removeIf(session -> {
      boolean goes = condition.test(session);
      if (goes) {
        session.session().close();
      }
      return goes;
    });
  }

  // Tickets arrive as windows into whole flights, which they would keep in memory.
  private static ClientSession withOwnBytes(ClientSession session) {
    return new ClientSession(
        session.session(),
        Opaque.takeOver(session.ticket().toArray()),
        Opaque.takeOver(session.sessionId().toArray()),
        session.receivedAtMillis());
  }
}
