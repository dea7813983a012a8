/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reprise.engine.wire.Opaque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExpiryHeapTest {
  @Property(tries = 100, seed = "1")
  void theFirstIsAlwaysTheOneThatExpiresFirst(@ForAll long seed) {
    Random random = new Random(seed);
    ExpiryHeap heap = new ExpiryHeap();
    List<StoredSession> model = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      if (model.isEmpty() || random.nextInt(5) < 3) {
        var added = new StoredSession(Opaque.EMPTY, new byte[0], random.nextInt(100));
        heap.add(added);
        model.add(added);
      } else {
        heap.remove(model.remove(random.nextInt(model.size())));
      }
      assertSameFirst(model, heap);
    }
    while (!model.isEmpty()) {
      StoredSession first = heap.first();
      model.remove(first);
      heap.remove(java.util.Objects.requireNonNull(first));
      assertSameFirst(model, heap);
    }
  }

  private static void assertSameFirst(List<StoredSession> model, ExpiryHeap heap) {
    StoredSession first = heap.first();
    if (model.isEmpty()) {
      assertNull(first);
      return;
    }
    long earliest =
        model.stream()
            .min(Comparator.comparingLong(s -> s.expiresAtMillis))
            .orElseThrow()
            .expiresAtMillis;
    assertEquals(earliest, java.util.Objects.requireNonNull(first).expiresAtMillis);
  }
}
