/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import dev.reprise.engine.wire.Opaque;

/**
 * A ticket ready to be sent, or a session ready to be stored, which is sealed alike.
 *
 * @param ticket what the client keeps, or the store
 * @param keyName the name of its key, as logs and metrics show it
 * @param keyAcceptUntilMillis when its key stops to open tickets: the client must not be told a
 *     lifetime beyond it
 */
public record SealedTicket(Opaque ticket, String keyName, long keyAcceptUntilMillis) {}
