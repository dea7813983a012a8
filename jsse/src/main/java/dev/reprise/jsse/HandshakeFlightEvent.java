/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * A handshake, as Java Flight Recorder keeps it; its duration is from a client's beginning, or a
 * server's first byte, to the end. Its names are what queries are written against, and never
 * change.
 */
@Name("dev.reprise.Handshake")
@Label("TLS Handshake")
@Description("A TLS handshake: whether it resumed a session, how, and if not why")
@Category({"Reprise", "TLS"})
@StackTrace(false)
final class HandshakeFlightEvent extends Event {
  @Label("Side")
  @Description("Which end this is: client or server")
  String side = "";

  @Label("Protocol")
  @Description("The version; absent if none was agreed")
  @Nullable String protocol;

  @Label("Cipher Suite")
  @Nullable String cipherSuite;

  @Label("Group")
  @Description("The key exchange group; absent in a resumed TLS 1.2 handshake, which has none")
  @Nullable String group;

  @Label("Server Name")
  @Description("The name that the client asked for, if any")
  @Nullable String serverName;

  @Label("Outcome")
  @Description("full, resumed, refused (over the session that was offered) or failed")
  String outcome = "";

  @Label("Mechanism")
  @Description("How it was resumed: session-id, ticket or stateful-ticket")
  @Nullable String mechanism;

  @Label("Reason")
  @Description("Why no session was resumed, or why the one offered was refused")
  @Nullable String reason;

  @Label("Key Name")
  @Description("The ticket key involved: the first 8 bytes of its name")
  @Nullable String keyName;

  @Label("Session Age")
  @Description("Since the full handshake that the resumed session descends from")
  @Timespan(Timespan.MILLISECONDS)
  long sessionAge = Long.MIN_VALUE; // What Java Flight Recorder shows as N/A.

  @Label("Time in Tasks")
  @Description("Within delegated tasks: certificates, signatures, stores, trust")
  @Timespan(Timespan.NANOSECONDS)
  long taskTime;

  @Label("Alert")
  @Description("The alert that ended the handshake; absent if it succeeded")
  @Nullable String alert;

  @Label("Alert Received")
  @Description("Whether it was the peer who sent the alert")
  boolean alertReceived;
}
