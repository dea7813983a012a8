/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.ProtocolVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a handshake.
 *
 * @param session of the connection; null if the handshake failed
 * @param version null if it failed before one was agreed
 * @param outcome whether and why a session was resumed; null if it failed before that was decided
 * @param alert what it failed of: the alert sent, or received; null if it succeeded
 * @param duration since a client began, or since a server received the first record
 */
public record HandshakeEvent(
    @Nullable RepriseSession session,
    @Nullable ProtocolVersion version,
    @Nullable ResumptionOutcome outcome,
    @Nullable AlertDescription alert,
    Duration duration) {

  public boolean isSuccess() {
    return session != null;
  }
}
