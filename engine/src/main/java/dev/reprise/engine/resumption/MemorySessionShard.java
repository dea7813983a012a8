/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.ProtocolVersion;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A part of {@link MemorySessionStore} under a lock of its own. */
final class MemorySessionShard {
  private final long maxBytes;
  private final LinkedHashMap<Opaque, StoredSession> byAge = new LinkedHashMap<>();
  private final ExpiryHeap byExpiry = new ExpiryHeap();
  private long bytes;
  private long evictions;

  MemorySessionShard(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes over {@code session}; false if it is larger than the whole shard. */
  synchronized boolean put(StoredSession session, long now) {
    remove(session.id, now);
    dropExpired(now);
    if (session.size() > maxBytes) {
      session.erase();
      return false;
    }
    while (bytes + session.size() > maxBytes) {
      drop(byAge.firstEntry().getValue());
      evictions++;
    }
    byAge.put(session.id, session);
    byExpiry.add(session);
    bytes += session.size();
    return true;
  }

  /** Decodes under the lock: a session that is taken meanwhile would be read half wiped. */
  synchronized Lookup read(
      Opaque id, long now, ProtocolVersion version, ResumptionScope scope, boolean take) {
    StoredSession stored = byAge.get(id);
    if (stored == null) {
      return new Lookup.NotInStore();
    }
    if (stored.expiresAtMillis <= now) {
      drop(stored);
      return new Lookup.NotInStore();
    }
    Lookup lookup = SessionCodec.open(Opaque.takeOver(stored.encoded), version, scope);
    if (take && lookup instanceof Lookup.Found) {
      drop(stored);
    }
    return lookup;
  }

  /** Whether there was one that had not expired. */
  synchronized boolean remove(Opaque id, long now) {
    StoredSession stored = byAge.get(id);
    if (stored == null) {
      return false;
    }
    drop(stored);
    return now < stored.expiresAtMillis;
  }

  synchronized void dropExpired(long now) {
    StoredSession first = byExpiry.first();
    while (first != null && first.expiresAtMillis <= now) {
      drop(first);
      first = byExpiry.first();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int size() {
    return byAge.size();
  }

  synchronized long evictions() {
    return evictions;
  }

  /** The very array, for the test that it is wiped. */
  synchronized byte @Nullable [] encodedFor(Opaque id) {
    StoredSession stored = byAge.get(id);
    return stored == null ? null : stored.encoded;
  }

  private void drop(StoredSession session) {
    byAge.remove(session.id);
    byExpiry.remove(session);
    bytes -= session.size();
    session.erase();
  }
}
