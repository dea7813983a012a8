/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts tickets by the name of their key. Names are those of this gateway's own keys, but a new
 * one comes with every rotation: of too many, the one not seen for longest is forgotten.
 */
final class KeyNames {
  /** More keys than any ring accepts at the default settings, many times over. */
  private static final int MOST_NAMES = 64;

  private final MeterRegistry registry;
  private final Map<String, Map<String, Counter>> counters = new LinkedHashMap<>(16, 0.75f, true);

  KeyNames(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One ticket, resumed from if there is no {@code reason}. */
  synchronized void count(String keyName, @Nullable String reason) {
    counters
        .computeIfAbsent(keyName, _ -> new LinkedHashMap<>())
        .computeIfAbsent(reason == null ? "RESUMED" : reason, result -> counter(keyName, result))
        .increment();
    if (counters.size() > MOST_NAMES) {
      forgetEldest();
    }
  }

  private void forgetEldest() {
    Iterator<Map<String, Counter>> eldest = counters.values().iterator();
    eldest.next().values().forEach(registry::remove);
    eldest.remove();
  }

  private Counter counter(String name, String result) {
    return Counter.builder("reprise.tickets")
        .description("Tickets that clients came back with, by the key that sealed them")
        .tag("key_name", name)
        .tag("result", result)
        .register(registry);
  }
}
