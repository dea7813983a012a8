/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.fleet.agreement;

import dev.reprise.engine.wire.DecodeException;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsReader;
import dev.reprise.engine.wire.TlsWriter;
import dev.reprise.fleet.FleetSettings;
import java.time.Duration;

/**
 * The times that a fleet's first node was given, and that hold for all.
 *
 * @param rotateEvery how long a ticket key issues
 * @param ticketLifetime how long it opens after that
 */
public record FleetTimes(Duration rotateEvery, Duration ticketLifetime) {
  private static final int VERSION = 1;
  private static final long LONGEST_MILLIS = Duration.ofDays(7).toMillis();

  public FleetTimes {
    check(rotateEvery);
    check(ticketLifetime);
  }

  /** How often every node of the fleet looks at what the others have written. */
  public Duration pollEvery() {
    return FleetSettings.pollEvery(rotateEvery);
  }

  Opaque write() {
    TlsWriter out = new TlsWriter(17);
    out.uint8(VERSION).uint64(rotateEvery.toMillis()).uint64(ticketLifetime.toMillis());
    return out.toOpaque();
  }

  static FleetTimes read(TlsReader in) throws DecodeException {
    Records.version(in, VERSION);
    return new FleetTimes(
        Duration.ofMillis(in.uint64("rotate_every")),
        Duration.ofMillis(in.uint64("ticket_lifetime")));
  }

  private static void check(Duration time) {
    if (time.toMillis() < 1000 || time.toMillis() > LONGEST_MILLIS) {
      throw new IllegalArgumentException("1 second to 7 days, not " + time);
    }
  }
}
