/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.RotatingStekSource;
import dev.reprise.engine.resumption.StekSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The ticket keys of contexts that were given none. */
final class StekSources {
  private static final Duration ROTATE_EVERY = Duration.ofHours(6);
  private static final Duration TICKET_LIFETIME = Duration.ofHours(6);

  private StekSources() {}

  static StekSource rotating(InstantSource clock, SecureRandom random) {
    return new RotatingStekSource(clock, random, ROTATE_EVERY, TICKET_LIFETIME);
  }
}
