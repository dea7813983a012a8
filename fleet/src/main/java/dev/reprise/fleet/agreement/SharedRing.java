/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.resumption.StekSource;
import dev.reprise.engine.wire.Opaque;
import java.util.ArrayList;
import java.util.List;

/** The fleet's ticket keys as this node uses them; a new ring only where something has changed. */
final class SharedRing implements StekSource {
  private static final int RETIRED_NAMES = 64;

  private volatile StekRing ring = StekRing.of();

  @Override
  public StekRing ring() {
    return ring;
  }

  /** Puts {@code keys} in force, and keeps the names of those that are not any more. */
  void set(List<Stek> keys) {
    StekRing before = ring;
    if (same(before.keys(), keys)) {
      return;
    }
    List<Opaque> names = keys.stream().map(Stek::name).toList();
    List<Opaque> retired = new ArrayList<>(before.keys().stream().map(Stek::name).toList());
    retired.addAll(before.retiredNames());
    retired.removeAll(names);
    ring = new StekRing(keys, retired.subList(0, Math.min(RETIRED_NAMES, retired.size())));
  }

  // Of keys with the same name nothing can differ but the times.
  private static boolean same(List<Stek> some, List<Stek> others) {
    return some.stream()
        .map(Stek::toString)
        .toList()
        .equals(others.stream().map(Stek::toString).toList());
  }
}
