/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ticket keys at one moment: an immutable snapshot.
 *
 * @param keys the live ones, in no particular order; it may be empty, then nothing is sealed
 * @param retiredNames of keys that are wiped, so that a ticket that comes too late is told from one
 *     that was never ours
 */
public record StekRing(List<Stek> keys, List<Opaque> retiredNames) {
  /** Refuses two keys of one name or one secret. */
  public StekRing {
    keys = List.copyOf(keys);
    retiredNames = List.copyOf(retiredNames);
    Set<Opaque> names = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      require(names.add(keys.get(i).name()), "Two ticket keys have one name");
      for (Stek earlier : keys.subList(0, i)) {
        require(!earlier.secret().sameAs(keys.get(i).secret()), "Two ticket keys have one secret");
      }
    }
  }

  public static StekRing of(Stek... keys) {
    return new StekRing(List.of(keys), List.of());
  }

  /**
   * The one key that seals at {@code now}, or null. Where an early rotation lets two windows
   * overlap it is the one whose window opened last, on every node alike.
   */
  public @Nullable Stek issuing(long now) {
    Stek issuing = null;
    for (Stek key : keys) {
      if (key.issuesAt(now) && (issuing == null || isNewer(key, issuing))) {
        issuing = key;
      }
    }
    return issuing;
  }

  /** The key of this name if it opens at {@code now}, or null: {@link #missing} says why. */
  public @Nullable Stek accepting(Opaque name, long now) {
    for (Stek key : keys) {
      if (key.name().equals(name)) {
        return key.acceptsAt(now) ? key : null;
      }
    }
    return null;
  }

  /** Why no key of this name is {@link #accepting}. */
  public MissReason missing(Opaque name, long now) {
    for (Stek key : keys) {
      if (key.name().equals(name) && key.acceptUntilMillis() <= now) {
        return MissReason.KEY_EXPIRED;
      }
    }
    return retiredNames.contains(name) ? MissReason.KEY_EXPIRED : MissReason.UNKNOWN_KEY;
  }

  private static boolean isNewer(Stek key, Stek other) {
    return key.issueFromMillis() != other.issueFromMillis()
        ? key.issueFromMillis() > other.issueFromMillis()
        : key.name().toString().compareTo(other.name().toString()) > 0;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
