/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts tickets by the name of their key. Names come and go with the keys, and a client may write
 * any name into what it calls a ticket: names that opened nothing share one series, and of the
 * others the longest unseen is forgotten when there are too many.
 */
final class KeyNames {
  static final String UNKNOWN = "unknown";

  /** More keys than any ring accepts at the default settings, many times over. */
  private static final int MOST_NAMES = 64;

  private final MeterRegistry registry;
  private final Map<String, Map<String, Counter>> counters = new LinkedHashMap<>(16, 0.75f, true);

  KeyNames(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One ticket, resumed from if there is no {@code reason}. */
  synchronized void count(String keyName, @Nullable String reason) {
    String name = "UNKNOWN_KEY".equals(reason) ? UNKNOWN : keyName;
    counters
        .computeIfAbsent(name, _ -> new LinkedHashMap<>())
        .computeIfAbsent(reason == null ? "RESUMED" : reason, result -> counter(name, result))
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
