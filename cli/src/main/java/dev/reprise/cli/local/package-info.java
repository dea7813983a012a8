/* Reprise. Apache-2.0; see LICENSE. */
/**
 * A fleet on one machine: gateways in processes of their own, a Redis, and a balancer in front. For
 * trying and for measuring, not for service.
 */
@NullMarked
package dev.reprise.cli.local;

import org.jspecify.annotations.NullMarked;
