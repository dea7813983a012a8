/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.keyfiles;

import dev.reprise.engine.resumption.Stek;
import dev.reprise.engine.resumption.StekRing;
import dev.reprise.engine.wire.Opaque;
import java.util.ArrayList;
import java.util.List;

/**
 * Ticket keys whose life is their place in a file and not a clock's: their four times are chosen so
 * that at any moment the one that seals has its window open, older ones have had theirs, the next
 * one will have its own, and none ends.
 */
final class FileStek {
  private static final long ONCE = 0;
  private static final long SINCE_EVER = 1;
  private static final long NEVER = Long.MAX_VALUE;
  private static final int RETIRED_NAMES = 16;

  private FileStek() {}

  /** What is made of {@code key}, on the secret that {@code before} has if it is in there. */
  static Stek of(FileKey key, KeyRole role, StekRing before) throws KeyFileException {
    DerivedKey derived = DerivedKey.of(key);
    for (Stek known : before.keys()) {
      if (known.name().equals(derived.name())) {
        // A cipher that is in use goes by the secret's identity and is kept.
        derived.close();
        return timed(new DerivedKey(known.name(), known.secret()), role);
      }
    }
    try {
      return timed(derived, role);
    } catch (IllegalArgumentException e) {
      derived.close();
      throw new KeyFileException(key.place() + " cannot be used (" + e.getMessage() + ")", e);
    }
  }

  private static Stek timed(DerivedKey key, KeyRole role) {
    return switch (role) {
      case OPENS -> new Stek(key.name(), key.secret(), ONCE, ONCE, SINCE_EVER, NEVER);
      case SEALS -> new Stek(key.name(), key.secret(), ONCE, SINCE_EVER, NEVER, NEVER);
      case SEALS_NEXT -> new Stek(key.name(), key.secret(), ONCE, NEVER - 1, NEVER, NEVER);
    };
  }

  /**
   * A ring that remembers the names of the keys that {@code before} has and {@code keys} have not.
   */
  static StekRing ring(List<Stek> keys, StekRing before) {
    List<Opaque> names = keys.stream().map(Stek::name).toList();
    List<Opaque> retired = new ArrayList<>(before.keys().stream().map(Stek::name).toList());
    retired.addAll(before.retiredNames());
    retired.removeAll(names);
    return new StekRing(keys, retired.subList(0, Math.min(RETIRED_NAMES, retired.size())));
  }

  /** Wipes what {@code after} has no more. */
  static void closeGone(StekRing before, StekRing after) {
    List<Opaque> names = after.keys().stream().map(Stek::name).toList();
    before.keys().stream().filter(key -> !names.contains(key.name())).forEach(Stek::close);
  }
}
