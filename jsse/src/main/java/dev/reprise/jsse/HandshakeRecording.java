/* Reprise. Apache-2.0; see LICENSE. */
package dev.reprise.jsse;

import dev.reprise.engine.Task;
import dev.reprise.engine.TlsConnection;
import dev.reprise.engine.crypto.CipherSuite;
import dev.reprise.engine.handshake.ConnectionInfo;
import dev.reprise.engine.handshake.Negotiation;
import dev.reprise.engine.resumption.ResumptionOutcome;
import dev.reprise.engine.wire.TlsException;
import dev.reprise.engine.wire.TlsFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One handshake under Java Flight Recorder. There is none, and nothing is looked at, unless
 * somebody records handshakes when it begins. The engine's lock guards it, except that the one task
 * that runs adds its time before it takes that lock.
 */
final class HandshakeRecording {
  private final HandshakeFlightEvent event = new HandshakeFlightEvent();
  private final InstantSource clock;

  private HandshakeRecording(boolean client, InstantSource clock) {
    this.clock = clock;
    event.side = client ? "client" : "server";
    event.begin();
  }

  /** Null if nobody records. */
  static @Nullable HandshakeRecording begin(boolean client, InstantSource clock) {
    return FlightRecording.hasBegun() && isRecorded()
        ? new HandshakeRecording(client, clock)
        : null;
  }

  // An object that does not escape is never made by compiled code.
  private static boolean isRecorded() {
    return new HandshakeFlightEvent().isEnabled();
  }

  /** Runs {@code task}, and takes the time if {@code recording} is there. */
  static void run(@Nullable HandshakeRecording recording, Task task) {
    if (recording == null) {
      task.run();
    } else {
      recording.time(task);
    }
  }

  private void time(Task task) {
    Instant from = clock.instant();
    try {
      task.run();
    } finally {
      event.taskTime += Math.max(0, Duration.between(from, clock.instant()).toNanos());
    }
  }

  void finished(ConnectionInfo info) {
    event.end();
    if (event.shouldCommit()) {
      event.protocol = info.version().standardName();
      event.cipherSuite = info.suite().standardName();
      event.group = info.group() == null ? null : info.group().standardName();
      event.serverName = info.serverName();
      outcome(info.outcome());
      event.commit();
    }
  }

  /**
   * @param tls null if there is no connection yet
   */
  void failed(@Nullable TlsConnection tls, TlsException failure) {
    event.end();
    if (event.shouldCommit()) {
      event.outcome = "failed";
      event.alert = failure.alert().rfcName();
      event.alertReceived = failure.failure() instanceof TlsFailure.AlertReceived;
      if (tls != null) {
        agreed(tls.negotiation());
        outcome(tls.resumption());
      }
      event.commit();
    }
  }

  private void agreed(@Nullable Negotiation known) {
    if (known != null) {
      CipherSuite suite = known.suite();
      event.protocol = known.version().standardName();
      event.cipherSuite = suite == null ? null : suite.standardName();
      event.serverName = known.serverName();
    }
  }

  private void outcome(@Nullable ResumptionOutcome outcome) {
    switch (outcome) {
      case null -> {}
      case ResumptionOutcome.Resumed resumed -> {
        succeededAs("resumed");
        event.mechanism = resumed.mechanism().wireName();
        event.sessionAge = resumed.age().toMillis();
        event.keyName = resumed.keyName();
      }
      case ResumptionOutcome.Full full -> {
        succeededAs("full");
        event.reason = full.reason().name();
        event.keyName = full.keyName();
      }
      case ResumptionOutcome.Refused refused -> {
        event.outcome = "refused";
        event.reason = refused.reason().name();
      }
    }
  }

  private void succeededAs(String outcome) {
    if (event.alert == null) {
      event.outcome = outcome;
    }
  }
}
