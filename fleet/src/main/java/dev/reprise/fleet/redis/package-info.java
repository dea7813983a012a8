/* Reprise. Apache-2.0; see LICENSE. */
/** The one way to Redis: nothing here knows what the bytes mean. */
@NullMarked
package dev.reprise.fleet.redis;

import org.jspecify.annotations.NullMarked;
