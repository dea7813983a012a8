/* Reprise. Apache-2.0; see LICENSE. */
/**
 * A real Redis, started from the {@code PATH} on loopback, and all the harm that can come to it:
 * killed, stopped, filled, slowed, cut off. Tests that use it are left out with {@code
 * -Dreprise.peers=false}.
 */
@NullMarked
package dev.reprise.testkit.redis;

import org.jspecify.annotations.NullMarked;
