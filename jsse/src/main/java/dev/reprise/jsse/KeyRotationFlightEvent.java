/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.resumption.Stek;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

/**
 * A step in the life of a ticket key, as Java Flight Recorder keeps it. Its names are what queries
 * are written against, and never change.
 */
@Name("dev.reprise.KeyRotation")
@Label("Ticket Key Rotation")
@Description("A ticket key was published, began to issue, or was erased")
@Category({"Reprise", "TLS"})
@StackTrace(false)
final class KeyRotationFlightEvent extends Event {
  @Label("Key Name")
  @Description("The first 8 bytes of the key's name; never anything of the key")
  String keyName = "";

  @Label("Change")
  @Description("published: it opens tickets; issuing: it seals from now on; erased: it is gone")
  String change = "";

  @Label("Source")
  @Description(
      "What the keys are from: RotatingStekSource rotates them, TicketKeyFiles reads files")
  String source = "";

  @Label("Published at")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long publishedAt;

  @Label("Issues from")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long issuesFrom;

  @Label("Issues until")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long issuesUntil;

  @Label("Accepted until")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long acceptedUntil;

  /** Tells it if somebody records. */
  static void tell(Stek key, String change, String source) {
    KeyRotationFlightEvent event = new KeyRotationFlightEvent();
    if (event.isEnabled()) {
      event.keyName = key.keyName();
      event.change = change;
      event.source = source;
      event.publishedAt = orNotApplicable(key.publishAtMillis());
      event.issuesFrom = orNotApplicable(key.issueFromMillis());
      event.issuesUntil = orNotApplicable(key.issueUntilMillis());
      event.acceptedUntil = orNotApplicable(key.acceptUntilMillis());
      event.commit();
    }
  }

  // A key of a file has no times, but since ever and never. The least number is shown as N/A.
  private static long orNotApplicable(long millis) {
    return millis <= 1 || millis >= Long.MAX_VALUE - 1 ? Long.MIN_VALUE : millis;
  }
}
