/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet;

import dev.reprise.engine.wire.Opaque;
import java.time.Duration;

/**
 * A node that lives, as others see it.
 *
 * @param id 16 bytes, another one with each start
 * @param label what people call it
 * @param silence since its last sign of life
 * @param generation of its keys
 * @param keysHeld how many ticket keys it has
 */
public record FleetNode(Opaque id, String label, Duration silence, long generation, int keysHeld) {}
