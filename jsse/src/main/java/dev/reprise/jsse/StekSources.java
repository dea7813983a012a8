/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.StekSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The ticket keys of contexts. */
final class StekSources {
  private static final Duration ROTATE_EVERY = Duration.ofHours(6);
  private static final Duration TICKET_LIFETIME = Duration.ofHours(6);

  private StekSources() {}

  /** Those of a context that was given none. */
  static StekSource rotating(InstantSource clock, SecureRandom random) {
    return recorded(new RotatingStekSource(clock, random, ROTATE_EVERY, TICKET_LIFETIME), clock);
  }

  static StekSource recorded(StekSource given, InstantSource clock) {
    return given instanceof RecordedStekSource ? given : new RecordedStekSource(given, clock);
  }
}
