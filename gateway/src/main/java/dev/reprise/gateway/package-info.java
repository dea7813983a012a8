/* Reprise. Apache-2.0; see LICENSE. */
/**
 * A TLS terminating gateway on Netty: it ends TLS with Reprise, hands the bytes to a backend over
 * TCP (or answers itself how the connection was made), and counts what happened for its admin
 * endpoint. {@link dev.reprise.gateway.Gateway} starts it.
 */
@NullMarked
package dev.reprise.gateway;

import org.jspecify.annotations.NullMarked;
