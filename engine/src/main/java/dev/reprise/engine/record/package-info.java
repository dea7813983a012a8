/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The record layer: records in and out of the caller's buffers, their protection by epochs, whole
 * handshake messages out of fragments, and the limits that keep a peer from abusing any of it.
 */
@NullMarked
package dev.reprise.engine.record;

import org.jspecify.annotations.NullMarked;
