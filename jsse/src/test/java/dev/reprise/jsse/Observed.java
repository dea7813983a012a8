/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.reprise.engine.resumption.Mechanism;
import dev.reprise.engine.resumption.MissReason;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.testkit.EnginePair;
import dev.reprise.testkit.Side;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** What tests look at, where null would be a failure of its own. */
final class Observed {
  private Observed() {}

  static SSLException failure(EnginePair pair, Side side) {
    return assertNotNullOf(pair.failure(side), side + " did not fail");
  }

  /** The text of what {@code side} failed of. */
  static String message(EnginePair pair, Side side) {
    return message(failure(pair, side));
  }

  static String message(Throwable failure) {
    return assertNotNullOf(failure.getMessage(), failure + " has no text");
  }

  static ResumptionOutcome outcome(SSLEngine engine) {
    return assertNotNullOf(Reprise.outcome(engine.getSession()), "The session is not ours");
  }

  static Mechanism mechanism(SSLEngine engine) {
    return mechanism(outcome(engine));
  }

  static Mechanism mechanism(ResumptionOutcome outcome) {
    return assertInstanceOf(ResumptionOutcome.Resumed.class, outcome).mechanism();
  }

  static MissReason reason(SSLEngine engine) {
    return reason(outcome(engine));
  }

  static MissReason reason(ResumptionOutcome outcome) {
    return assertInstanceOf(ResumptionOutcome.Full.class, outcome).reason();
  }

  private static <T> T assertNotNullOf(
      @org.jspecify.annotations.Nullable T value, String otherwise) {
    assertNotNull(value, otherwise);
    return java.util.Objects.requireNonNull(value);
  }
}
