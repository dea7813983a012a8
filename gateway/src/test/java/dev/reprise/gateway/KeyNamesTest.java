/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class KeyNamesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KeyNames names = new KeyNames(registry);

  @Test
  void countsByNameAndResult() {
    names.count("aa", null);
    names.count("aa", null);
    names.count("aa", "TICKET_EXPIRED");
    names.count("bb", null);
    assertEquals(2, count("aa", "RESUMED"));
    assertEquals(1, count("aa", "TICKET_EXPIRED"));
    assertEquals(1, count("bb", "RESUMED"));
  }

  @Test
  void forgetsTheNameNotSeenForLongest() {
    names.count("old", null);
    names.count("older", null);
    names.count("old", null);
    for (int i = 0; i < 63; i++) {
      names.count("key " + i, null);
    }
    assertEquals(64, registry.getMeters().size());
    assertEquals(2, count("old", "RESUMED"));
    assertEquals(0, registry.find("reprise.tickets").tag("key_name", "older").counters().size());
  }

  private double count(String name, String result) {
    return registry
        .get("reprise.tickets")
        .tag("key_name", name)
        .tag("result", result)
        .counter()
        .count();
  }
}
