/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.Opaque;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a poll has found in Redis, as far as nodes of this fleet have written it.
 *
 * @param times null: none are agreed on, or what is there is not authentic
 * @param hasTimes whether there is anything in their place
 * @param generation null: none, or not authentic
 * @param beats by node ID
 * @param unreadBeats how many signs of life no node of this fleet has given
 * @param keys by name
 * @param epochs which key seals in which epoch; not authenticated, the keys are
 * @param announced the key pairs that are announced
 * @param wraps key name and pair of each wrap that waits for its recipient
 * @param underOldKey the names of keys whose record is under the former fleet key
 * @param unauthentic how many records no node of this fleet has written
 */
record FleetView(
    @Nullable FleetTimes times,
    boolean hasTimes,
    @Nullable Generation generation,
    boolean hasGeneration,
    Map<Opaque, Beat> beats,
    int unreadBeats,
    Map<Opaque, KeyRecord> keys,
    Map<Long, Opaque> epochs,
    Set<Opaque> announced,
    Set<Opaque> wraps,
    Set<Opaque> underOldKey,
    int unauthentic) {
  /** Whether there are times that no node of this fleet has written. */
  boolean hasOthersTimes() {
    return hasTimes && times == null;
  }

  /**
   * Whether nodes live here of which {@code node} can read nothing: they go by a fleet key that it
   * has not got. What was damaged by accident leaves it a key or another node's sign of life.
   */
  boolean isAllOthers(Opaque node) {
    return hasOthersTimes() && unreadBeats > 0 && keys.isEmpty() && hasNoOther(node);
  }

  /** Whether some node may live that cannot be read, and none that can. */
  boolean mayHideOthers(Opaque node) {
    return unreadBeats > 0 && hasNoOther(node);
  }

  private boolean hasNoOther(Opaque node) {
    return beats.keySet().stream().allMatch(node::equals);
  }
}
