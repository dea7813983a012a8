/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.interop;

import dev.reprise.engine.resumption.Mechanism;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a cell does after, and instead of, a full handshake in the shortest way. */
enum Mode {
  FULL(null, false),
  SESSION_ID(Mechanism.SESSION_ID, false),
  TICKET(Mechanism.TICKET, false),
  STATEFUL_TICKET(Mechanism.STATEFUL_TICKET, false),
  TICKET_AFTER_RETRY(Mechanism.TICKET, true),
  STATEFUL_TICKET_AFTER_RETRY(Mechanism.STATEFUL_TICKET, true);

  /** All that TLS 1.2 knows. */
  static final Set<Mode> TLS12 = EnumSet.of(FULL, SESSION_ID, TICKET);

  /** All that TLS 1.3 knows. */
  static final Set<Mode> TLS13 = EnumSet.complementOf(EnumSet.of(SESSION_ID));

  private final @Nullable Mechanism mechanism;
  private final boolean retries;

  Mode(@Nullable Mechanism mechanism, boolean retries) {
    this.mechanism = mechanism;
    this.retries = retries;
  }

  /** How the server resumes, as it sees it itself; null if nothing is resumed. */
  @Nullable Mechanism mechanism() {
    return mechanism;
  }

  /** Whether the client guesses the group wrong each time, and hears a HelloRetryRequest. */
  boolean retries() {
    return retries;
  }
}
