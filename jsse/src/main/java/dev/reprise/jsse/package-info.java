/* Reprise. Apache-2.0; see LICENSE. */
/**
 * The engine in the terms of {@code javax.net.ssl}: contexts, engines and sessions. {@link
 * dev.reprise.jsse.RepriseProvider} serves programs that know nothing of Reprise; {@link
 * dev.reprise.jsse.Reprise} starts the builders of contexts that say more than JSSE can: ticket
 * keys, session stores, scopes, and why a connection was not resumed.
 */
@NullMarked
package dev.reprise.jsse;

import org.jspecify.annotations.NullMarked;
