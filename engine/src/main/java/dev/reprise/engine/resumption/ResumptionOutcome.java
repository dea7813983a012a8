/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine.resumption;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a handshake's chance to resume: exactly one of these, always with a reason. */
public sealed interface ResumptionOutcome {
  /** The name of the ticket key that was involved, or null where none was. */
  @Nullable String keyName();

  /**
   * A session was resumed.
   *
   * @param keyName the ticket key that opened it; null unless it was a ticket
   * @param age since the full handshake that authenticated the session; never negative
   */
  record Resumed(Mechanism mechanism, @Nullable String keyName, Duration age)
      implements ResumptionOutcome {
    public Resumed {
      age = age.isNegative() ? Duration.ZERO : age;
    }
  }

  /** A full handshake, because of {@code reason}; the first one's where several were offered. */
  record Full(MissReason reason, @Nullable String keyName) implements ResumptionOutcome {}

  /** The connection was ended because of {@code reason}. */
  record Refused(RefusalReason reason) implements ResumptionOutcome {
    @Override
    public @Nullable String keyName() {
      return null;
    }
  }
}
