/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.engine;

import dev.reprise.engine.record.AlertLevel;
import dev.reprise.engine.wire.AlertDescription;
import dev.reprise.engine.wire.Opaque;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;

/** Reads the peer's alerts: RFC 8446, Section 6 and RFC 5246, Section 7.2. */
final class Alerts {
  /** A peer could keep us busy with warnings for ever. */
  private static final int WARNINGS = 4;

  private int warnings;

  /** What an alert that does not end the connection means. */
  enum Meaning {
    IGNORE,
    CLOSE
  }

  Meaning read(Opaque alert, HandshakeDriver driver) throws TlsException {
    AlertLevel level = AlertLevel.of(alert.at(0));
    AlertDescription description = AlertDescription.of(alert.at(1));
    if (level == null) {
      throw TlsException.illegalParameter("The level of an alert is " + alert.at(0));
    }
    if (description == AlertDescription.CLOSE_NOTIFY) {
      return close(driver);
    }
    boolean warning =
        level == AlertLevel.WARNING
            && (!driver.isTls13() || description == AlertDescription.USER_CANCELED);
    if (!warning) {
      // RFC 8446, Section 6: "All other alerts [...] MUST be treated as error alerts when received
      // regardless of the AlertLevel in the message." So are unknown ones.
      throw new TlsException(
          new TlsFailure.AlertReceived(
              description == null ? AlertDescription.GENERAL_ERROR : description));
    }
    if (++warnings > WARNINGS) {
      throw TlsException.unexpectedMessage("Too many warning alerts");
    }
    return Meaning.IGNORE;
  }

  void reset() {
    warnings = 0;
  }

  private static Meaning close(HandshakeDriver driver) throws TlsException {
    if (driver.info() == null) {
      throw TlsException.unexpectedMessage("The peer closed the connection during the handshake");
    }
    return Meaning.CLOSE;
  }
}
