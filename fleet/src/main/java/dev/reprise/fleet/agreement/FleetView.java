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
    Map<Opaque, KeyRecord> keys,
    Map<Long, Opaque> epochs,
    Set<Opaque> announced,
    Set<Opaque> wraps,
    Set<Opaque> underOldKey,
    int unauthentic) {}
