/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map that is bounded: what was not used for longest goes first. */
final class RecentlyUsed<K, V> {
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private int most;

  RecentlyUsed(int most) {
    this.most = most;
  }

  synchronized @Nullable V get(K key) {
    // Most are empty, and each handshake asks.
    return entries.isEmpty() ? null : entries.get(key);
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
    evict();
  }

  synchronized V computeIfAbsent(K key, Supplier<V> made) {
    V value = entries.computeIfAbsent(key, _ -> made.get());
    evict();
    return value;
  }

  /** Only that one: another may have come since. */
  synchronized void remove(K key, V value) {
    entries.remove(key, value);
  }

  synchronized void removeValues(Predicate<V> unwanted) {
    entries.values().removeIf(unwanted);
  }

  synchronized void removeIf(Predicate<K> unwanted) {
    entries.keySet().removeIf(unwanted);
  }

  /** As they are now, the one used last at the end. */
  synchronized List<V> values() {
    return List.copyOf(entries.values());
  }

  synchronized void resize(int changed) {
    most = changed;
    evict();
  }

  private void evict() {
    while (entries.size() > most) {
      entries.pollFirstEntry();
    }
  }
}
