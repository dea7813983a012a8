/* Reprise. Apache-2.0; see LICENSE. */
/**
 * Ticket keys out of the files that nginx, HAProxy, Apache httpd and Envoy read. Nodes that read
 * the same file have the same keys, and so resume each other's sessions. What is sealed here is not
 * what those servers seal: they and we share the file, not the tickets.
 */
@NullMarked
package dev.reprise.fleet.keyfiles;

import org.jspecify.annotations.NullMarked;
