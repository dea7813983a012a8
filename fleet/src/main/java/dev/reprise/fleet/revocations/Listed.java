/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.revocations;

import dev.reprise.engine.wire.Opaque;

/**
 * An entry that stands in Redis.
 *
 * @param sealed as it stands there
 * @param place its number; that of a later entry is higher
 * @param underOldKey whether it is authentic under the former fleet key only
 */
record Listed(Entry entry, Opaque sealed, double place, boolean underOldKey) {}
